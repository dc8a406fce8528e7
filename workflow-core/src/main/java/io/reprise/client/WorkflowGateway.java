package io.reprise.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.reprise.WorkflowDescription;
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
 * What a client needs of the engine it talks to.
 */
public interface WorkflowGateway {

	/**
	 * Submits a command and waits for the answer. If the caller has a transaction, the
	 * command is part of it, and the answer holds given that it commits.
	 * @param command the command
	 * @return the answer
	 * @throws io.reprise.WorkflowException with {@code TRANSACTION_UNUSABLE} if the
	 * transaction cannot carry it
	 */
	CommandResult submit(Command command);

	/**
	 * Submits a command and waits for the answer, whatever the caller's transaction.
	 * @param command the command
	 * @return the answer
	 */
	CommandResult submitIndependently(Command command);

	/**
	 * Refuses to wait for what the caller's transaction would only begin.
	 * @param workflowType what is to be started and waited for
	 * @throws io.reprise.WorkflowException with {@code NOT_COMMITTED} in a transaction
	 */
	void requireCommit(String workflowType);

	/**
	 * Names the type of a run.
	 * @param key a run, or the latest run if its run id is empty
	 * @return name of its type
	 * @throws io.reprise.WorkflowNotFoundException if there is none
	 */
	String workflowType(ExecutionKey key);

	/**
	 * Names the run that a key means.
	 * @param key a run, or the latest run if its run id is empty
	 * @return the run
	 * @throws io.reprise.WorkflowNotFoundException if there is none
	 */
	ExecutionKey resolve(ExecutionKey key);

	/**
	 * Completed when a run has closed.
	 * @param key the run
	 * @return the future; cancel it to give up
	 */
	CompletableFuture<ClosedRun> whenClosed(ExecutionKey key);

	WorkflowDescription describe(ExecutionKey key);

	List<RecordedEvent> history(ExecutionKey key);

	RunPage list(RunQuery query);

	/**
	 * Sends an update until it is accepted or rejected.
	 * @param update the update
	 * @param timeout how long to go on
	 * @param independent whether a transaction of the caller's does not matter
	 * @return completed with {@code Accepted}, {@code Duplicate} or {@code Rejected}
	 * @throws io.reprise.WorkflowException with {@code TRANSACTION_UNUSABLE} in a
	 * transaction, unless independent
	 */
	CompletableFuture<CommandResult> update(Command.UpdateWorkflow update, Duration timeout, boolean independent);

	/**
	 * Completed when it is known what an accepted update came to.
	 * @param run the run
	 * @param updateId the update
	 * @return the outcome, empty if the run ended before; cancel it to give up
	 */
	CompletableFuture<Optional<HistoryEvent.UpdateCompleted>> updateOutcome(ExecutionKey run, String updateId);

	/**
	 * Asks a query.
	 * @param key a run, or the latest run if its run id is empty
	 * @param name name of the query
	 * @param arguments its arguments
	 * @return the answer
	 */
	Payload query(ExecutionKey key, String name, Payload arguments);

}
