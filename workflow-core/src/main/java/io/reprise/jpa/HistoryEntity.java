package io.reprise.jpa;

import java.io.Serializable;

import io.reprise.spi.StoredTransition;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of a history. */
@Entity
@Immutable
@Table(name = "workflow_history")
@IdClass(HistoryEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class HistoryEntity {

	@Id
	@Column(name = "run_id")
	private String runId;

	@Id
	@Column(name = "first_event_id")
	private long firstEventId;

	@Column(name = "body")
	private byte[] body;

	@Column(name = "body_rest")
	private byte @Nullable [] bodyRest;

	protected HistoryEntity() {
	}

	String runId() {
		return runId;
	}

	StoredTransition toTransition() {
		return new StoredTransition(firstEventId, Bodies.join(body, bodyRest));
	}

	/**
	 * The primary key.
	 *
	 * @param runId the run
	 * @param firstEventId id of the row's first event
	 */
	record Key(String runId, long firstEventId) implements Serializable {

	}

}
