package io.reprise.jpa;

import java.time.Instant;

import io.reprise.ErrorCode;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunRecord.StallRecord;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A run as stored. Read through JPA; written by {@link WriteDialect} only. */
@Entity
@Immutable
@Table(name = "workflow_execution")
@SuppressWarnings("NullAway.Init")
class ExecutionEntity {

	@Id
	@Column(name = "run_id")
	private String runId;

	@Column(name = "namespace")
	private String namespace;

	@Column(name = "workflow_id")
	private String workflowId;

	@Column(name = "workflow_key")
	private byte[] workflowKey;

	@Column(name = "workflow_type")
	private String workflowType;

	@Column(name = "task_queue")
	private String taskQueue;

	@Column(name = "start_request_id")
	private String startRequestId;

	@Column(name = "status")
	private short status;

	@Column(name = "version")
	private long version;

	@Column(name = "owner")
	private @Nullable String owner;

	@Column(name = "next_due_at")
	private @Nullable Instant nextDueAt;

	@Column(name = "open_key")
	private byte @Nullable [] openKey;

	@Column(name = "start_time")
	private Instant startTime;

	@Column(name = "close_time")
	private @Nullable Instant closeTime;

	@Column(name = "history_events")
	private long historyEvents;

	@Column(name = "history_bytes")
	private long historyBytes;

	@Column(name = "messages_left")
	private long messagesLeft;

	@Column(name = "stall_code")
	private @Nullable String stallCode;

	@Column(name = "stall_message")
	private @Nullable String stallMessage;

	@Column(name = "stall_since")
	private @Nullable Instant stallSince;

	@Column(name = "stall_attempts")
	private @Nullable Integer stallAttempts;

	@Column(name = "stall_build_id")
	private @Nullable String stallBuildId;

	@Column(name = "overlay")
	private byte @Nullable [] overlay;

	protected ExecutionEntity() {
	}

	String runId() {
		return runId;
	}

	ExecutionKey key() {
		return new ExecutionKey(namespace, workflowId, runId);
	}

	@Nullable Instant nextDueAt() {
		return nextDueAt;
	}

	long messagesLeft() {
		return messagesLeft;
	}

	RunRecord toRecord() {
		return new RunRecord(key(), workflowType, taskQueue, startRequestId, StatusCodes.statusOf(status), version,
				owner, nextDueAt, startTime, closeTime, historyEvents, historyBytes, stall(), overlay);
	}

	private @Nullable StallRecord stall() {
		if (stallCode == null || stallSince == null) {
			return null;
		}
		return new StallRecord(codeOf(stallCode), (stallMessage != null) ? stallMessage : "", stallSince,
				(stallAttempts != null) ? stallAttempts : 0, (stallBuildId != null) ? stallBuildId : "");
	}

	private static ErrorCode codeOf(String name) {
		try {
			return ErrorCode.valueOf(name);
		}
		catch (IllegalArgumentException ex) {
			// A newer build found a kind of bug that this one has no name for
			return ErrorCode.WORKFLOW_BUG;
		}
	}

}
