package io.reprise.testkit;

import java.util.function.Consumer;
import java.util.function.Function;

import io.reprise.StartOptions;
import io.reprise.UpdateHandle;
import io.reprise.UpdateOptions;
import io.reprise.WorkflowAlreadyStartedException;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowPage;
import io.reprise.WorkflowRef;
import org.jspecify.annotations.Nullable;

/**
 * A client that goes on over the lives of a process, as one that reaches it from outside
 * does. What the process that died had not acknowledged is sent again.
 */
final class SurvivingClient implements WorkflowClient {

	private final Lives lives;

	SurvivingClient(Lives lives) {
		this.lives = lives;
	}

	@Override
	public <W, R> WorkflowHandle<W, R> start(Class<W> type, Function<W, R> call, StartOptions options) {
		return started(type, client -> client.start(type, call, options), options);
	}

	@Override
	public <W> WorkflowHandle<W, Void> startVoid(Class<W> type, Consumer<W> call, StartOptions options) {
		return started(type, client -> client.startVoid(type, call, options), options);
	}

	@SuppressWarnings("unchecked")
	private <W, R> WorkflowHandle<W, R> started(Class<W> type, Function<WorkflowClient, WorkflowHandle<W, R>> start,
			StartOptions options) {
		WorkflowHandle<W, R> first = begin(start,
				(client) -> (WorkflowHandle<W, R>) client.handle(type, String.valueOf(options.workflowId())));
		return new SurvivingHandle<>(lives, first,
				client -> (WorkflowHandle<W, R>) client.handle(type, first.workflowId()));
	}

	@Override
	public WorkflowRef start(String type, StartOptions options, @Nullable Object... args) {
		WorkflowRef first = begin(client -> client.start(type, options, args),
				client -> client.handle(String.valueOf(options.workflowId())));
		return new SurvivingRef(lives, first, client -> rebind(client, first));
	}

	/** A start that is sent again may find that it was taken before. */
	private <T extends WorkflowRef> T begin(Function<WorkflowClient, T> start, Function<WorkflowClient, T> find) {
		long before = lives.begun();
		return lives.ask(client -> {
			try {
				return start.apply(client);
			}
			catch (WorkflowAlreadyStartedException ex) {
				if (lives.begun() == before) {
					throw ex;
				}
				return find.apply(client);
			}
		});
	}

	static WorkflowRef rebind(WorkflowClient client, WorkflowRef ref) {
		String runId = ref.runId();
		return (runId != null) ? client.handle(ref.workflowId(), runId) : client.handle(ref.workflowId());
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
		return started(type, client -> client.signalWithStart(type, start, signal, options), options);
	}

	@Override
	public <W> WorkflowHandle<W, Void> signalWithStartVoid(Class<W> type, Consumer<W> start, Consumer<W> signal,
			StartOptions options) {
		return started(type, client -> client.signalWithStartVoid(type, start, signal, options), options);
	}

	@Override
	public <W, U> UpdateHandle<U> updateWithStart(Class<W> type, Consumer<W> start, Function<W, U> update,
			StartOptions options, UpdateOptions updateOptions) {
		UpdateOptions repeatable = SurvivingUpdate.repeatable(updateOptions);
		return new SurvivingUpdate<>(lives, client -> client.updateWithStart(type, start, update, options, repeatable));
	}

	@Override
	public <W> UpdateHandle<Void> updateWithStartVoid(Class<W> type, Consumer<W> start, Consumer<W> update,
			StartOptions options, UpdateOptions updateOptions) {
		UpdateOptions repeatable = SurvivingUpdate.repeatable(updateOptions);
		return new SurvivingUpdate<>(lives,
				client -> client.updateWithStartVoid(type, start, update, options, repeatable));
	}

	@Override
	public <W> WorkflowHandle<W, Object> handle(Class<W> type, String workflowId) {
		Function<WorkflowClient, WorkflowHandle<W, Object>> bind = client -> client.handle(type, workflowId);
		return new SurvivingHandle<>(lives, lives.ask(bind), bind);
	}

	@Override
	public WorkflowRef handle(String workflowId) {
		Function<WorkflowClient, WorkflowRef> bind = client -> client.handle(workflowId);
		return new SurvivingRef(lives, lives.ask(bind), bind);
	}

	@Override
	public WorkflowRef handle(String workflowId, String runId) {
		Function<WorkflowClient, WorkflowRef> bind = client -> client.handle(workflowId, runId);
		return new SurvivingRef(lives, lives.ask(bind), bind);
	}

	@Override
	public WorkflowPage list(String filter) {
		return lives.ask(client -> client.list(filter));
	}

	@Override
	public WorkflowPage list(String filter, int pageSize, @Nullable String pageToken) {
		return lives.ask(client -> client.list(filter, pageSize, pageToken));
	}

}
