package io.reprise.testkit;

import java.time.Duration;
import java.util.List;

import io.reprise.HistoryEntry;
import io.reprise.UpdateHandle;
import io.reprise.UpdateOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowDescription;
import io.reprise.WorkflowRef;
import org.jspecify.annotations.Nullable;

/**
 * A reference that lets time pass while it waits for the result.
 */
class SkippingRef implements WorkflowRef {

	private final WorkflowClient client;

	private final WorkflowRef ref;

	private final TestTime time;

	SkippingRef(WorkflowClient client, WorkflowRef ref, TestTime time) {
		this.client = client;
		this.ref = ref;
		this.time = time;
	}

	WorkflowClient client() {
		return client;
	}

	TestTime time() {
		return time;
	}

	@Override
	public String workflowId() {
		return ref.workflowId();
	}

	@Override
	public @Nullable String runId() {
		return ref.runId();
	}

	@Override
	public <R> @Nullable R result(Class<R> type) {
		return time.<@Nullable R>await(client, ref, () -> ref.result(type), false);
	}

	@Override
	public <R> @Nullable R result(Class<R> type, Duration timeout) {
		return time.<@Nullable R>await(client, ref, () -> ref.result(type, timeout), true);
	}

	@Override
	public <R> @Nullable R query(String name, Class<R> type, @Nullable Object... args) {
		return ref.query(name, type, args);
	}

	@Override
	public void signal(String name, @Nullable Object... args) {
		ref.signal(name, args);
	}

	@Override
	public <R> @Nullable R update(String name, Class<R> type, @Nullable Object... args) {
		return startUpdate(name, type, UpdateOptions.defaults(), args).result();
	}

	@Override
	public <R> UpdateHandle<R> startUpdate(String name, Class<R> type, UpdateOptions options,
			@Nullable Object... args) {
		return new SkippingUpdate<>(client, ref, ref.startUpdate(name, type, options, args), time);
	}

	@Override
	public void cancel() {
		ref.cancel();
	}

	@Override
	public void terminate(String reason) {
		ref.terminate(reason);
	}

	@Override
	public WorkflowRef independent() {
		return new SkippingRef(client, ref.independent(), time);
	}

	@Override
	public WorkflowDescription describe() {
		return ref.describe();
	}

	@Override
	public List<HistoryEntry> history() {
		return ref.history();
	}

	@Override
	public String exportHistory() {
		return ref.exportHistory();
	}

}
