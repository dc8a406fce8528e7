package io.reprise.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import io.reprise.ErrorCode;
import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunRecord.StallRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoredSnapshot;
import io.reprise.spi.StoredTransition;
import org.jspecify.annotations.Nullable;

/**
 * A run as a contract suite writes it: {@link #creation()} is the first write,
 * {@link #next()} each later one, with the version one higher. Not for several threads.
 */
final class RunBuilder {

	/** A time that uses all the digits a store keeps. */
	static final Instant EPOCH = Instant.parse("2026-03-01T12:00:00.123456Z");

	private static final AtomicLong RUN_IDS = new AtomicLong();

	private final ExecutionKey key;

	private String type = "ProcessOrder";

	private String taskQueue = "default";

	private WorkflowStatus status = WorkflowStatus.RUNNING;

	private long version;

	private @Nullable String owner;

	private @Nullable Instant nextDueAt;

	private Instant startTime = EPOCH;

	private @Nullable Instant closeTime;

	private long historyEvents;

	private @Nullable StallRecord stall;

	private byte @Nullable [] overlay;

	private RunBuilder(ExecutionKey key) {
		this.key = key;
	}

	static RunBuilder of(String workflowId) {
		return of(ExecutionKey.DEFAULT_NAMESPACE, workflowId);
	}

	/**
	 * Run ids are like those of {@link io.reprise.spi.IdSource}: UUIDs in order of time.
	 */
	static RunBuilder of(String namespace, String workflowId) {
		String runId = "019c0000-0000-7000-8000-%012x".formatted(RUN_IDS.incrementAndGet());
		return new RunBuilder(new ExecutionKey(namespace, workflowId, runId));
	}

	RunBuilder type(String name) {
		type = name;
		return this;
	}

	RunBuilder taskQueue(String name) {
		taskQueue = name;
		return this;
	}

	RunBuilder owner(@Nullable String nodeId) {
		owner = nodeId;
		return this;
	}

	RunBuilder dueAt(@Nullable Instant time) {
		nextDueAt = time;
		return this;
	}

	RunBuilder startedAt(Instant time) {
		startTime = time;
		return this;
	}

	RunBuilder closed(WorkflowStatus as, Instant time) {
		status = as;
		closeTime = time;
		return this;
	}

	RunBuilder stalled(boolean isStalled) {
		stall = isStalled ? new StallRecord(ErrorCode.NON_DETERMINISM, "Expected a timer, but found an activity",
				EPOCH.plusSeconds(1), 3, "build-7") : null;
		return this;
	}

	RunBuilder overlay(byte @Nullable [] bytes) {
		overlay = bytes;
		return this;
	}

	/** Goes on from a version that somebody else has written. */
	RunBuilder atVersion(long storedVersion) {
		version = storedVersion;
		return this;
	}

	ExecutionKey key() {
		return key;
	}

	String runId() {
		return key.runId();
	}

	long version() {
		return version;
	}

	/** The run as the last write left it. */
	RunRecord record() {
		return record(version);
	}

	/** The first write, with event 1. */
	RunWrite creation() {
		version = 0;
		historyEvents = 0;
		return next();
	}

	/** The next write, with one more event. */
	RunWrite next() {
		return next(bytes("event " + (historyEvents + 1)), null);
	}

	/** The next write, with one more event of this body, and maybe a snapshot. */
	RunWrite next(byte[] body, @Nullable StoredSnapshot snapshot) {
		StoredTransition appended = new StoredTransition(++historyEvents, body);
		return write(appended, snapshot);
	}

	/** Takes back a write with an event that did not take effect. */
	void undo() {
		version--;
		historyEvents--;
	}

	/** The next write, without an event. */
	RunWrite nextRecordOnly() {
		return write(null, null);
	}

	private RunWrite write(@Nullable StoredTransition appended, @Nullable StoredSnapshot snapshot) {
		version++;
		return new RunWrite(record(version), version - 1, appended, snapshot);
	}

	private RunRecord record(long ofVersion) {
		return new RunRecord(key, type, taskQueue, "start-" + key.runId(), status, ofVersion, owner, nextDueAt,
				startTime, closeTime, historyEvents, historyEvents * 100, stall, overlay);
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
