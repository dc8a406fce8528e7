package io.reprise.jpa;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunRecord.StallRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoredSnapshot;
import io.reprise.spi.StoredTransition;
import org.jspecify.annotations.Nullable;

/** Builds writes of one run, one after the other. */
final class Writes {

	static final Instant START = Instant.parse("2026-01-02T03:04:05.678901Z");

	private RunRecord record;

	private Writes(RunRecord record) {
		this.record = record;
	}

	static Writes of(String workflowId) {
		return of(workflowId, UUID.randomUUID().toString());
	}

	static Writes of(String workflowId, String runId) {
		return of("default", workflowId, runId);
	}

	static Writes of(String namespace, String workflowId, String runId) {
		return new Writes(new RunRecord(new ExecutionKey(namespace, workflowId, runId), "Order", "orders",
				"request-" + runId, WorkflowStatus.RUNNING, 0, null, null, START, null, 0, 0, null, null));
	}

	ExecutionKey key() {
		return record.key();
	}

	RunRecord record() {
		return record;
	}

	String runId() {
		return record.key().runId();
	}

	Writes type(String type) {
		return with(new RunRecord(record.key(), type, record.taskQueue(), record.startRequestId(), record.status(),
				record.version(), record.owner(), record.nextDueAt(), record.startTime(), record.closeTime(),
				record.historyEvents(), record.historyBytes(), record.stall(), record.overlay()));
	}

	Writes startTime(Instant time) {
		return with(new RunRecord(record.key(), record.workflowType(), record.taskQueue(), record.startRequestId(),
				record.status(), record.version(), record.owner(), record.nextDueAt(), time, record.closeTime(),
				record.historyEvents(), record.historyBytes(), record.stall(), record.overlay()));
	}

	Writes owner(@Nullable String owner) {
		return with(change(record.status(), owner, record.nextDueAt(), record.closeTime(), record.stall(),
				record.overlay()));
	}

	Writes due(@Nullable Instant due) {
		return with(change(record.status(), record.owner(), due, record.closeTime(), record.stall(), record.overlay()));
	}

	Writes stall(@Nullable StallRecord stall) {
		return with(change(record.status(), record.owner(), record.nextDueAt(), record.closeTime(), stall,
				record.overlay()));
	}

	Writes overlay(byte @Nullable [] overlay) {
		return with(change(record.status(), record.owner(), record.nextDueAt(), record.closeTime(), record.stall(),
				overlay));
	}

	Writes close(WorkflowStatus status, Instant time) {
		return with(change(status, null, null, time, null, null));
	}

	private RunRecord change(WorkflowStatus status, @Nullable String owner, @Nullable Instant due,
			@Nullable Instant close, @Nullable StallRecord stall, byte @Nullable [] overlay) {
		return new RunRecord(record.key(), record.workflowType(), record.taskQueue(), record.startRequestId(), status,
				record.version(), owner, due, record.startTime(), close, record.historyEvents(), record.historyBytes(),
				stall, overlay);
	}

	private Writes with(RunRecord changed) {
		record = changed;
		return this;
	}

	/** The next transition, with a row of history. */
	RunWrite next() {
		return next("transition " + (record.version() + 1) + " of " + runId());
	}

	RunWrite next(String body) {
		return next(body.getBytes(StandardCharsets.UTF_8), false);
	}

	RunWrite next(byte[] body, boolean snapshot) {
		long events = record.historyEvents() + 2;
		long version = record.version() + 1;
		record = new RunRecord(record.key(), record.workflowType(), record.taskQueue(), record.startRequestId(),
				record.status(), version, record.owner(), record.nextDueAt(), record.startTime(), record.closeTime(),
				events, record.historyBytes() + body.length, record.stall(), record.overlay());
		return new RunWrite(record, version - 1, new StoredTransition(events - 1, body),
				snapshot ? new StoredSnapshot(events, ("state at " + events).getBytes(StandardCharsets.UTF_8)) : null);
	}

	/** The next transition, without a row of history. */
	RunWrite nextWithoutHistory() {
		RunWrite write = new RunWrite(new RunRecord(record.key(), record.workflowType(), record.taskQueue(),
				record.startRequestId(), record.status(), record.version() + 1, record.owner(), record.nextDueAt(),
				record.startTime(), record.closeTime(), record.historyEvents(), record.historyBytes(), record.stall(),
				record.overlay()), record.version(), null, null);
		record = write.record();
		return write;
	}

}
