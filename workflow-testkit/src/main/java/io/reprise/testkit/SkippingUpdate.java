package io.reprise.testkit;

import java.time.Duration;

import io.reprise.UpdateHandle;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowRef;
import org.jspecify.annotations.Nullable;

/**
 * An update that lets time pass while its result is waited for.
 *
 * @param <R> type of its result
 */
final class SkippingUpdate<R> implements UpdateHandle<R> {

	private final WorkflowClient client;

	private final WorkflowRef workflow;

	private final UpdateHandle<R> update;

	private final TestTime time;

	SkippingUpdate(WorkflowClient client, WorkflowRef workflow, UpdateHandle<R> update, TestTime time) {
		this.client = client;
		this.workflow = workflow;
		this.update = update;
		this.time = time;
	}

	@Override
	public String updateId() {
		return update.updateId();
	}

	@Override
	public String workflowId() {
		return update.workflowId();
	}

	@Override
	public String runId() {
		return update.runId();
	}

	@Override
	public @Nullable R result() {
		return time.<@Nullable R>await(client, workflow, update::result, false);
	}

	@Override
	public @Nullable R result(Duration timeout) {
		return time.<@Nullable R>await(client, workflow, () -> update.result(timeout), true);
	}

}
