package io.reprise.jpa;

import java.io.Serializable;

import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.InboxEntry;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A command that waits for the owner of its run. */
@Entity
@Immutable
@Table(name = "workflow_inbox")
@IdClass(InboxEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class InboxEntity {

	@Id
	@Column(name = "run_id")
	private String runId;

	@Id
	@Column(name = "request_id")
	private String requestId;

	@Column(name = "namespace")
	private String namespace;

	@Column(name = "workflow_id")
	private String workflowId;

	@Column(name = "arrival")
	private long arrival;

	@Column(name = "body")
	private byte[] body;

	protected InboxEntity() {
	}

	InboxEntry toEntry() {
		return new InboxEntry(new ExecutionKey(namespace, workflowId, runId), requestId, body);
	}

	/**
	 * The primary key.
	 *
	 * @param runId the run
	 * @param requestId recognises the same command sent twice
	 */
	record Key(String runId, String requestId) implements Serializable {

	}

}
