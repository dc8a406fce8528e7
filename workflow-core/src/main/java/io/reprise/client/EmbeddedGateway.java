package io.reprise.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.reprise.WorkflowDescription;
import io.reprise.WorkflowException;
import io.reprise.engine.ClosedRun;
import io.reprise.engine.Engine;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.spi.RunPage;
import io.reprise.spi.RunQuery;
import io.reprise.worker.Worker;

/**
 * The engine and the worker of the same process.
 */
public final class EmbeddedGateway implements WorkflowGateway {

	private final Engine engine;

	private final Worker worker;

	public EmbeddedGateway(Engine engine, Worker worker) {
		this.engine = engine;
		this.worker = worker;
	}

	@Override
	public CommandResult submit(Command command) {
		try {
			return engine.submit(command).join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof WorkflowException workflow) ? workflow : ex;
		}
	}

	@Override
	public ExecutionKey resolve(ExecutionKey key) {
		return engine.runs().resolve(key);
	}

	@Override
	public CompletableFuture<ClosedRun> whenClosed(ExecutionKey key) {
		return engine.runs().whenClosed(key);
	}

	@Override
	public WorkflowDescription describe(ExecutionKey key) {
		return Descriptions.of(engine.runs().read(key));
	}

	@Override
	public List<RecordedEvent> history(ExecutionKey key) {
		return engine.runs().history(resolve(key).runId());
	}

	@Override
	public RunPage list(RunQuery query) {
		return engine.runs().list(query);
	}

	@Override
	public Payload query(ExecutionKey key, String name, Payload arguments) {
		return worker.query(key, name, arguments);
	}

}
