package io.reprise.client;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.reprise.ErrorCode;
import io.reprise.HistoryEntry;
import io.reprise.UpdateHandle;
import io.reprise.UpdateOptions;
import io.reprise.WorkflowDescription;
import io.reprise.WorkflowException;
import io.reprise.WorkflowNotFoundException;
import io.reprise.WorkflowRef;
import io.reprise.engine.ClosedRun;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.EventAttributes;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryExport;
import io.reprise.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A workflow reached by its id.
 */
class UntypedRef implements WorkflowRef {

	private final DefaultWorkflowClient client;

	private final ExecutionKey key;

	/** Whether what is sent is no part of the caller's transaction. */
	private final boolean independent;

	/** Whether the result is that of the last of the runs that follow each other. */
	private final boolean followsRuns;

	UntypedRef(DefaultWorkflowClient client, ExecutionKey key, boolean independent, boolean followsRuns) {
		this.followsRuns = followsRuns;
		this.client = client;
		this.key = key;
		this.independent = independent;
	}

	@Override
	public String workflowId() {
		return key.workflowId();
	}

	@Override
	public @Nullable String runId() {
		return key.runId().isEmpty() ? null : key.runId();
	}

	@Override
	@SuppressWarnings("unchecked")
	public <R> @Nullable R result(Class<R> type) {
		return (R) awaitResult(type, null);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <R> @Nullable R result(Class<R> type, Duration timeout) {
		return (R) awaitResult(type, timeout);
	}

	@Nullable Object awaitResult(Type type, @Nullable Duration timeout) {
		long start = System.nanoTime();
		ExecutionKey run = client.gateway().resolve(key);
		while (true) {
			Duration left = (timeout != null) ? timeout.minusNanos(System.nanoTime() - start) : null;
			ClosedRun outcome = awaitClosed(run, timeout, left);
			ExecutionKey next = followsRuns ? outcome.next() : null;
			if (next == null) {
				return Results.of(outcome, type, client.converter(), client.failures());
			}
			run = next;
		}
	}

	private ClosedRun awaitClosed(ExecutionKey run, @Nullable Duration timeout, @Nullable Duration left) {
		CompletableFuture<ClosedRun> closed = client.gateway().whenClosed(run);
		try {
			return (left != null) ? closed.get(left.toNanos(), TimeUnit.NANOSECONDS) : closed.get();
		}
		catch (TimeoutException ex) {
			throw new WorkflowException(ErrorCode.RESULT_TIMEOUT,
					"Expected workflow %s to close within %s, but it is still open. Ask again later, or describe() it"
						.formatted(run, timeout),
					ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new WorkflowException(ErrorCode.RESULT_TIMEOUT,
					"Expected to wait for workflow %s, but the waiting thread was interrupted. The workflow goes on"
						.formatted(run),
					ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof WorkflowException workflow) ? workflow
					: new WorkflowException(ErrorCode.STORE_UNAVAILABLE,
							"Expected the result of workflow %s, but it could not be read. Try again".formatted(run),
							ex.getCause());
		}
		finally {
			closed.cancel(false);
		}
	}

	@Override
	@SuppressWarnings("unchecked")
	public <R> @Nullable R query(String name, Class<R> type, @Nullable Object... args) {
		return (R) query(name, (Type) type, args);
	}

	@Nullable Object query(String name, Type type, @Nullable Object[] args) {
		Payload answer = client.gateway().query(key, name, client.converter().toArguments(args));
		return client.converter().fromPayload(answer, type);
	}

	@Override
	public void signal(String name, @Nullable Object... args) {
		Payload arguments = client.converter().toArguments(args);
		String workflowType = client.gateway().workflowType(key);
		client.types().signals(workflowType).ifPresent((known) -> requireSignal(workflowType, name, known));
		send(name, arguments);
	}

	private static void requireSignal(String workflowType, String name, Set<String> known) {
		if (!known.contains(name)) {
			throw new WorkflowException(ErrorCode.UNKNOWN_SIGNAL,
					"Expected a signal of workflow type '%s', but it has no signal '%s', only %s. Annotate its handler with @Workflow.Signal, or correct the name"
						.formatted(workflowType, name, known));
		}
	}

	final void send(String name, Payload arguments) {
		submit(new Command.SignalWorkflow(key, name, arguments, client.ids().next()));
	}

	@Override
	@SuppressWarnings("unchecked")
	public <R> @Nullable R update(String name, Class<R> type, @Nullable Object... args) {
		return (R) sendUpdate(name, type, args, UpdateOptions.defaults()).result();
	}

	@Override
	public <R> UpdateHandle<R> startUpdate(String name, Class<R> type, UpdateOptions options,
			@Nullable Object... args) {
		return sendUpdate(name, type, args, options);
	}

	final <R> UpdateHandle<R> sendUpdate(String name, Type type, @Nullable Object[] args, UpdateOptions options) {
		UpdateSender sender = client.updates();
		return sender.start(sender.command(key, name, client.converter().toArguments(args), options), options.timeout(),
				independent, type);
	}

	@Override
	public void cancel() {
		submit(new Command.RequestCancel(key, null, client.ids().next()));
	}

	@Override
	public void terminate(String reason) {
		submit(new Command.TerminateWorkflow(key, reason, client.ids().next()));
	}

	@Override
	public WorkflowRef independent() {
		return new UntypedRef(client, key, true, followsRuns);
	}

	private void submit(Command command) {
		require(independent ? client.gateway().submitIndependently(command) : client.gateway().submit(command));
	}

	@Override
	public WorkflowDescription describe() {
		return client.gateway().describe(key);
	}

	@Override
	public List<HistoryEntry> history() {
		return client.gateway()
			.history(key)
			.stream()
			.map((event) -> new HistoryEntry(event.id(), event.time(), event.event().getClass().getSimpleName(),
					EventAttributes.of(event.event())))
			.toList();
	}

	@Override
	public String exportHistory() {
		ExecutionKey run = client.gateway().resolve(key);
		return new HistoryExport(run, client.gateway().history(run)).write();
	}

	final DefaultWorkflowClient client() {
		return client;
	}

	final ExecutionKey key() {
		return key;
	}

	final boolean followsRuns() {
		return followsRuns;
	}

	private static void require(CommandResult result) {
		if (result instanceof CommandResult.Rejected rejected) {
			throw (rejected.code() == ErrorCode.WORKFLOW_NOT_FOUND) ? new WorkflowNotFoundException(rejected.message())
					: new WorkflowException(rejected.code(), rejected.message());
		}
	}

	@Override
	public String toString() {
		return "workflow " + (key.runId().isEmpty() ? key.workflowId() : key.toString());
	}

}
