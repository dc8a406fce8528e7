package io.reprise.testkit;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.reprise.WorkflowDescription;
import io.reprise.client.WorkflowGateway;
import io.reprise.engine.ClosedRun;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.spi.RunPage;
import io.reprise.spi.RunQuery;

/**
 * Lets virtual time pass while somebody waits for a result.
 */
final class TimeSkippingGateway implements WorkflowGateway {

	private final Supplier<WorkflowGateway> delegate;

	private final WorkflowTime time;

	TimeSkippingGateway(Supplier<WorkflowGateway> delegate, WorkflowTime time) {
		this.delegate = delegate;
		this.time = time;
	}

	@Override
	public CommandResult submit(Command command) {
		return delegate.get().submit(command);
	}

	@Override
	public ExecutionKey resolve(ExecutionKey key) {
		return delegate.get().resolve(key);
	}

	@Override
	public CompletableFuture<ClosedRun> whenClosed(ExecutionKey key) {
		CompletableFuture<ClosedRun> closed = delegate.get().whenClosed(key);
		time.advanceUntilDone(closed);
		return closed;
	}

	@Override
	public WorkflowDescription describe(ExecutionKey key) {
		return delegate.get().describe(key);
	}

	@Override
	public List<RecordedEvent> history(ExecutionKey key) {
		return delegate.get().history(key);
	}

	@Override
	public RunPage list(RunQuery query) {
		return delegate.get().list(query);
	}

	@Override
	public Payload query(ExecutionKey key, String name, Payload arguments) {
		return delegate.get().query(key, name, arguments);
	}

}
