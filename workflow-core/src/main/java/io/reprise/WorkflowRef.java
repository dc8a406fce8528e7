package io.reprise;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A workflow as anybody may reach it who knows its id. A reference without a run id means
 * the latest run.
 */
public interface WorkflowRef {

	String workflowId();

	/**
	 * The run this reference is bound to.
	 * @return its id, or {@code null} for the latest run
	 */
	@Nullable String runId();

	/**
	 * Waits for the result; returns at once if the run is closed.
	 * @param <R> type of the result
	 * @param type type of the result
	 * @return the result, {@code null} for a workflow without one
	 * @throws WorkflowFailedException if it did not complete
	 * @throws WorkflowNotFoundException if there is none
	 */
	<R> @Nullable R result(Class<R> type);

	/**
	 * Waits for the result, but not for ever.
	 * @param <R> type of the result
	 * @param type type of the result
	 * @param timeout how long to wait
	 * @return the result, {@code null} for a workflow without one
	 * @throws WorkflowException with {@link ErrorCode#RESULT_TIMEOUT} if the run is still
	 * open then
	 */
	<R> @Nullable R result(Class<R> type, Duration timeout);

	/**
	 * Asks a query by name.
	 * @param <R> type of the answer
	 * @param name name of the query
	 * @param type type of the answer
	 * @param args its arguments
	 * @return the answer
	 */
	<R> @Nullable R query(String name, Class<R> type, @Nullable Object... args);

	/**
	 * Sends a signal by name. When this returns, the signal is durable; inside a
	 * transaction of the caller's, when that commits.
	 * @param name name of the signal
	 * @param args its arguments
	 */
	void signal(String name, @Nullable Object... args);

	/**
	 * Sends an update by name and waits for its result.
	 * @param <R> type of the result
	 * @param name name of the update
	 * @param type type of the result
	 * @param args its arguments
	 * @return the result
	 * @throws WorkflowUpdateException if it came to none
	 */
	<R> @Nullable R update(String name, Class<R> type, @Nullable Object... args);

	/**
	 * Sends an update by name and waits until the workflow has accepted it.
	 * @param <R> type of the result
	 * @param name name of the update
	 * @param type type of the result
	 * @param options its id, and how long to wait until it is accepted
	 * @param args its arguments
	 * @return what to wait for the result with
	 * @throws WorkflowUpdateException if it is not accepted
	 */
	<R> UpdateHandle<R> startUpdate(String name, Class<R> type, UpdateOptions options, @Nullable Object... args);

	/**
	 * Asks the workflow to stop; it decides how. When this returns, the request is
	 * durable; inside a transaction of the caller's, when that commits.
	 */
	void cancel();

	/**
	 * Ends the workflow at once, without clean-up; inside a transaction of the caller's,
	 * when that commits.
	 * @param reason why, for the history
	 */
	void terminate(String reason);

	/**
	 * The same workflow, for signals, cancels and terminations that are no part of the
	 * caller's transaction: they take effect at once, and stay if it is rolled back.
	 * @return a reference to the same run
	 */
	WorkflowRef independent();

	WorkflowDescription describe();

	/**
	 * The whole history.
	 * @return its events in order
	 */
	List<HistoryEntry> history();

	/**
	 * The whole history as a JSON document that later versions can read, with all that a
	 * replay needs: payloads as they are stored. For replay tests and for support.
	 * @return the document, some lines long
	 */
	String exportHistory();

}
