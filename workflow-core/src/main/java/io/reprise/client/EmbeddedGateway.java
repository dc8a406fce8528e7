package io.reprise.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.reprise.ErrorCode;
import io.reprise.WorkflowDescription;
import io.reprise.WorkflowException;
import io.reprise.WorkflowNotFoundException;
import io.reprise.engine.ClosedRun;
import io.reprise.engine.Engine;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.spi.CallerTransaction;
import io.reprise.spi.CallerTransaction.Standing;
import io.reprise.spi.RunPage;
import io.reprise.spi.RunQuery;
import io.reprise.worker.Worker;

/**
 * The engine and the worker of the same process. Commands take part in the caller's
 * transaction; what is read is what is committed.
 */
public final class EmbeddedGateway implements WorkflowGateway {

	private final Engine engine;

	private final Worker worker;

	private final CallerTransaction transaction;

	private final CallerTransactionCommands inTransaction;

	private final CommittedMessages committed = new CommittedMessages();

	/**
	 * A gateway that takes part in no transactions.
	 * @param engine the engine
	 * @param worker the worker
	 */
	public EmbeddedGateway(Engine engine, Worker worker) {
		this(engine, worker, CallerTransaction.NONE);
	}

	/**
	 * A gateway that takes part in the caller's transaction.
	 * @param engine the engine
	 * @param worker the worker
	 * @param transaction the transaction of whoever calls
	 */
	public EmbeddedGateway(Engine engine, Worker worker, CallerTransaction transaction) {
		this.engine = engine;
		this.worker = worker;
		this.transaction = transaction;
		this.inTransaction = new CallerTransactionCommands(transaction, engine.callerCommands(),
				(messaged) -> committed.add(messaged, engine.callerCommands().lookForCommitted()));
	}

	@Override
	public CommandResult submit(Command command) {
		return switch (transaction.standing()) {
			case NONE -> submitIndependently(command);
			case JOINABLE -> inTransaction.submit(command);
			case READ_ONLY -> throw unusable(command, "it is read-only. Let it write");
			case ELSEWHERE -> throw unusable(command,
					"it is not one on the DataSource of workflows. Use a transaction manager of that DataSource");
		};
	}

	private static WorkflowException unusable(Command command, String problem) {
		return new WorkflowException(ErrorCode.TRANSACTION_UNUSABLE,
				"Expected a transaction that %s of workflow '%s' can be part of, but %s; or say that it is no part of it: StartOptions.independent(), handle.independent()"
					.formatted(command.getClass().getSimpleName(), command.key().workflowId(), problem));
	}

	@Override
	public CommandResult submitIndependently(Command command) {
		awaitCommitted(command.key());
		try {
			return engine.submit(command).join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof WorkflowException workflow) ? workflow : ex;
		}
	}

	private void awaitCommitted(ExecutionKey key) {
		if (committed.isEmpty()) {
			return;
		}
		if (!key.runId().isEmpty()) {
			committed.await(key.runId());
			return;
		}
		try {
			committed.await(engine.runs().resolve(key).runId());
		}
		catch (WorkflowNotFoundException ex) {
			// Nothing is on its way to it
		}
	}

	@Override
	public void requireCommit(String workflowType) {
		if (transaction.standing() == Standing.JOINABLE) {
			throw new WorkflowException(ErrorCode.NOT_COMMITTED,
					"Expected to wait for the result of %s, but it would be started by the transaction of this thread, which has to commit first. Start it here and wait for it after the commit, or use StartOptions.independent()"
						.formatted(workflowType));
		}
	}

	private void requireCommitted(ExecutionKey key) {
		ExecutionKey created = transaction.created(key);
		if (created != null) {
			throw new WorkflowException(ErrorCode.NOT_COMMITTED,
					"Expected workflow %s to be started, but the transaction that starts it has not committed. Ask after the commit"
						.formatted(created));
		}
	}

	@Override
	public ExecutionKey resolve(ExecutionKey key) {
		if (key.runId().isEmpty() && transaction.standing() == Standing.JOINABLE) {
			// The transaction may see less than there is
			return inTransaction.find(key)
				.map(CallerTransaction.Found::key)
				.orElseGet(() -> engine.runs().resolve(key));
		}
		return engine.runs().resolve(key);
	}

	@Override
	public String workflowType(ExecutionKey key) {
		if (transaction.standing() == Standing.JOINABLE) {
			return inTransaction.find(key)
				.map(CallerTransaction.Found::workflowType)
				.orElseThrow(() -> new WorkflowNotFoundException(CallerTransactionCommands.notFound(key)));
		}
		return engine.runs().read(key).record().workflowType();
	}

	@Override
	public CompletableFuture<ClosedRun> whenClosed(ExecutionKey key) {
		requireCommitted(key);
		return engine.runs().whenClosed(key);
	}

	@Override
	public WorkflowDescription describe(ExecutionKey key) {
		requireCommitted(key);
		awaitCommitted(key);
		return Descriptions.of(engine.runs().read(key));
	}

	@Override
	public List<RecordedEvent> history(ExecutionKey key) {
		requireCommitted(key);
		awaitCommitted(key);
		// What is remembered as the latest run may have gone on in another, elsewhere
		ExecutionKey run = key.runId().isEmpty() ? engine.runs().read(key).record().key() : key;
		return engine.runs().history(run.runId());
	}

	@Override
	public RunPage list(RunQuery query) {
		return engine.runs().list(query);
	}

	@Override
	public CompletableFuture<CommandResult> update(Command.UpdateWorkflow update, Duration timeout,
			boolean independent) {
		if (!independent && transaction.standing() != Standing.NONE) {
			throw unusable(update,
					"the workflow answers an update before the transaction ends. Send it after the commit");
		}
		awaitCommitted(update.key());
		return engine.updates().send(update, timeout);
	}

	@Override
	public CompletableFuture<Optional<HistoryEvent.UpdateCompleted>> updateOutcome(ExecutionKey run, String updateId) {
		return engine.updates().outcome(run, updateId);
	}

	@Override
	public Payload query(ExecutionKey key, String name, Payload arguments) {
		requireCommitted(key);
		awaitCommitted(key);
		return worker.query(key, name, arguments);
	}

}
