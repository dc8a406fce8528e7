package io.reprise.jpa;

import java.io.Serializable;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A payload that is kept beside the history of its run. */
@Entity
@Immutable
@Table(name = "workflow_payload")
@IdClass(PayloadEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class PayloadEntity {

	@Id
	@Column(name = "run_id")
	private String runId;

	@Id
	@Column(name = "payload_id")
	private String payloadId;

	@Column(name = "body")
	private byte[] body;

	protected PayloadEntity() {
	}

	byte[] body() {
		return body;
	}

	/**
	 * The primary key.
	 *
	 * @param runId the run
	 * @param payloadId id within the run
	 */
	record Key(String runId, String payloadId) implements Serializable {

	}

}
