package io.reprise.boot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.reprise.WorkflowDescription;
import io.reprise.client.KnownTypes;
import io.reprise.client.WorkflowGateway;
import io.reprise.engine.ClosedRun;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.spi.RunPage;
import io.reprise.spi.RunQuery;

/**
 * Leads to the engine that runs at the time of a call, so that the client can be made
 * before there is one.
 */
final class RuntimeGateway implements WorkflowGateway, KnownTypes {

	private final WorkflowRuntime runtime;

	RuntimeGateway(WorkflowRuntime runtime) {
		this.runtime = runtime;
	}

	@Override
	public CommandResult submit(Command command) {
		return runtime.gateway().submit(command);
	}

	@Override
	public CommandResult submitIndependently(Command command) {
		return runtime.gateway().submitIndependently(command);
	}

	@Override
	public void requireCommit(String workflowType) {
		runtime.gateway().requireCommit(workflowType);
	}

	@Override
	public String workflowType(ExecutionKey key) {
		return runtime.gateway().workflowType(key);
	}

	@Override
	public ExecutionKey resolve(ExecutionKey key) {
		return runtime.gateway().resolve(key);
	}

	@Override
	public CompletableFuture<ClosedRun> whenClosed(ExecutionKey key) {
		return runtime.gateway().whenClosed(key);
	}

	@Override
	public WorkflowDescription describe(ExecutionKey key) {
		return runtime.gateway().describe(key);
	}

	@Override
	public List<RecordedEvent> history(ExecutionKey key) {
		return runtime.gateway().history(key);
	}

	@Override
	public RunPage list(RunQuery query) {
		return runtime.gateway().list(query);
	}

	@Override
	public CompletableFuture<CommandResult> update(Command.UpdateWorkflow update, Duration timeout,
			boolean independent) {
		return runtime.gateway().update(update, timeout, independent);
	}

	@Override
	public CompletableFuture<Optional<HistoryEvent.UpdateCompleted>> updateOutcome(ExecutionKey run, String updateId) {
		return runtime.gateway().updateOutcome(run, updateId);
	}

	@Override
	public Payload query(ExecutionKey key, String name, Payload arguments) {
		return runtime.gateway().query(key, name, arguments);
	}

	@Override
	public void requireWorkflow(String workflowType) {
		KnownTypes.of(runtime.workflows()).requireWorkflow(workflowType);
	}

	@Override
	public Optional<Set<String>> signals(String workflowType) {
		return KnownTypes.of(runtime.workflows()).signals(workflowType);
	}

}
