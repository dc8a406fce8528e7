package io.reprise.testkit;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.reprise.StartOptions;
import io.reprise.UpdateHandle;
import io.reprise.UpdateOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowPage;
import io.reprise.WorkflowRef;
import org.jspecify.annotations.Nullable;

/**
 * A client that lets time pass while it waits for results.
 */
final class SkippingClient implements WorkflowClient {

	private final WorkflowClient client;

	private final Supplier<TestTime> time;

	SkippingClient(WorkflowClient client, Supplier<TestTime> time) {
		this.client = client;
		this.time = time;
	}

	@Override
	public <W, R> WorkflowHandle<W, R> start(Class<W> type, Function<W, R> call, StartOptions options) {
		return skipping(client.start(type, call, options));
	}

	@Override
	public <W> WorkflowHandle<W, Void> startVoid(Class<W> type, Consumer<W> call, StartOptions options) {
		return skipping(client.startVoid(type, call, options));
	}

	@Override
	public WorkflowRef start(String type, StartOptions options, @Nullable Object... args) {
		return skipping(client.start(type, options, args));
	}

	@Override
	public <W, R> @Nullable R execute(Class<W> type, Function<W, R> call, StartOptions options) {
		return start(type, call, options).result();
	}

	@Override
	public <W> void executeVoid(Class<W> type, Consumer<W> call, StartOptions options) {
		startVoid(type, call, options).result();
	}

	@Override
	public <W, R> WorkflowHandle<W, R> signalWithStart(Class<W> type, Function<W, R> start, Consumer<W> signal,
			StartOptions options) {
		return skipping(client.signalWithStart(type, start, signal, options));
	}

	@Override
	public <W> WorkflowHandle<W, Void> signalWithStartVoid(Class<W> type, Consumer<W> start, Consumer<W> signal,
			StartOptions options) {
		return skipping(client.signalWithStartVoid(type, start, signal, options));
	}

	@Override
	public <W, U> UpdateHandle<U> updateWithStart(Class<W> type, Consumer<W> start, Function<W, U> update,
			StartOptions options, UpdateOptions updateOptions) {
		return skipping(client.updateWithStart(type, start, update, options, updateOptions));
	}

	@Override
	public <W> UpdateHandle<Void> updateWithStartVoid(Class<W> type, Consumer<W> start, Consumer<W> update,
			StartOptions options, UpdateOptions updateOptions) {
		return skipping(client.updateWithStartVoid(type, start, update, options, updateOptions));
	}

	private <U> UpdateHandle<U> skipping(UpdateHandle<U> update) {
		return new SkippingUpdate<>(client, client.handle(update.workflowId(), update.runId()), update, time.get());
	}

	@Override
	public <W> WorkflowHandle<W, Object> handle(Class<W> type, String workflowId) {
		return skipping(client.handle(type, workflowId));
	}

	@Override
	public WorkflowRef handle(String workflowId) {
		return skipping(client.handle(workflowId));
	}

	@Override
	public WorkflowRef handle(String workflowId, String runId) {
		return skipping(client.handle(workflowId, runId));
	}

	@Override
	public WorkflowPage list(String filter) {
		return client.list(filter);
	}

	@Override
	public WorkflowPage list(String filter, int pageSize, @Nullable String pageToken) {
		return client.list(filter, pageSize, pageToken);
	}

	private <W, R> WorkflowHandle<W, R> skipping(WorkflowHandle<W, R> handle) {
		return new SkippingHandle<>(client, handle, time.get());
	}

	private WorkflowRef skipping(WorkflowRef ref) {
		return new SkippingRef(client, ref, time.get());
	}

}
