package io.reprise.jpa;

import io.reprise.spi.StoredSnapshot;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** The newest snapshot of a run. */
@Entity
@Immutable
@Table(name = "workflow_snapshot")
@SuppressWarnings("NullAway.Init")
class SnapshotEntity {

	@Id
	@Column(name = "run_id")
	private String runId;

	@Column(name = "last_event_id")
	private long lastEventId;

	@Column(name = "body")
	private byte[] body;

	@Column(name = "body_rest")
	private byte @Nullable [] bodyRest;

	protected SnapshotEntity() {
	}

	String runId() {
		return runId;
	}

	StoredSnapshot toSnapshot() {
		return new StoredSnapshot(lastEventId, Bodies.join(body, bodyRest));
	}

}
