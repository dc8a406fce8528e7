package io.reprise;

import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Starts workflows and reaches them by id. When {@code start} returns, the start is
 * durable: the workflow will run to its end whatever crashes.
 * <p>
 * Inside a Spring transaction on the database of the workflows, starts and signals take
 * effect if and only if it commits. A transaction of something else is refused, unless
 * {@link StartOptions#independent()} or {@link WorkflowRef#independent()} says that the
 * call is no part of it.
 */
public interface WorkflowClient {

	/**
	 * Starts a workflow.
	 * @param <W> the workflow type
	 * @param <R> type of its result
	 * @param type a class or interface annotated with {@link Workflow}
	 * @param call exactly one call of its run method
	 * @param options id and policies
	 * @return a handle bound to the run
	 * @throws WorkflowAlreadyStartedException if the policies refuse
	 * @throws WorkflowException with {@link ErrorCode#TRANSACTION_UNUSABLE} in a
	 * transaction that cannot carry it
	 */
	<W, R> WorkflowHandle<W, R> start(Class<W> type, Function<W, R> call, StartOptions options);

	/**
	 * Starts a workflow whose run method returns nothing.
	 * @param <W> the workflow type
	 * @param type a class or interface annotated with {@link Workflow}
	 * @param call exactly one call of its run method
	 * @param options id and policies
	 * @return a handle bound to the run
	 */
	<W> WorkflowHandle<W, Void> startVoid(Class<W> type, Consumer<W> call, StartOptions options);

	/**
	 * Starts a workflow by the name of its type.
	 * @param type name of the type
	 * @param options id and policies
	 * @param args arguments of its run method
	 * @return a reference bound to the run
	 */
	WorkflowRef start(String type, StartOptions options, @Nullable Object... args);

	/**
	 * Starts a workflow and waits for its result.
	 * @param <W> the workflow type
	 * @param <R> type of its result
	 * @param type a class or interface annotated with {@link Workflow}
	 * @param call exactly one call of its run method
	 * @param options id and policies
	 * @return the result
	 * @throws WorkflowFailedException if it did not complete
	 * @throws WorkflowException with {@link ErrorCode#NOT_COMMITTED} in a transaction,
	 * which would have to commit first; use {@link StartOptions#independent()}
	 */
	<W, R> @Nullable R execute(Class<W> type, Function<W, R> call, StartOptions options);

	/**
	 * Starts a workflow whose run method returns nothing, and waits for its end.
	 * @param <W> the workflow type
	 * @param type a class or interface annotated with {@link Workflow}
	 * @param call exactly one call of its run method
	 * @param options id and policies
	 */
	<W> void executeVoid(Class<W> type, Consumer<W> call, StartOptions options);

	/**
	 * Sends a signal to a workflow, and starts it first if it is not running. Start and
	 * signal are recorded together: either both or none. A workflow that is running only
	 * gets the signal, whether the options say {@link IdConflictPolicy#FAIL} or
	 * {@link IdConflictPolicy#USE_EXISTING}.
	 * @param <W> the workflow type
	 * @param <R> type of its result
	 * @param type a class or interface annotated with {@link Workflow}
	 * @param start exactly one call of its run method
	 * @param signal exactly one call of a signal method
	 * @param options id and policies
	 * @return a handle bound to the run
	 * @throws WorkflowAlreadyStartedException if the policies refuse a new run after a
	 * closed one
	 */
	<W, R> WorkflowHandle<W, R> signalWithStart(Class<W> type, Function<W, R> start, Consumer<W> signal,
			StartOptions options);

	/**
	 * Like {@link #signalWithStart}, for a workflow whose run method returns nothing.
	 * @param <W> the workflow type
	 * @param type a class or interface annotated with {@link Workflow}
	 * @param start exactly one call of its run method
	 * @param signal exactly one call of a signal method
	 * @param options id and policies
	 * @return a handle bound to the run
	 */
	<W> WorkflowHandle<W, Void> signalWithStartVoid(Class<W> type, Consumer<W> start, Consumer<W> signal,
			StartOptions options);

	/**
	 * Sends an update to a workflow, and starts it first if it is not running. The first
	 * turn of a new run delivers the update before the run method begins. A run whose
	 * update is rejected stays started. A workflow that is running only gets the update.
	 * @param <W> the workflow type
	 * @param <U> type of the update's result
	 * @param type a class or interface annotated with {@link Workflow}
	 * @param start exactly one call of its run method
	 * @param update exactly one call of an update method
	 * @param options id and policies of the workflow
	 * @param updateOptions id of the update, and how long to wait until it is accepted
	 * @return what to wait for the update's result with
	 * @throws WorkflowUpdateException if the update is not accepted
	 */
	<W, U> UpdateHandle<U> updateWithStart(Class<W> type, Consumer<W> start, Function<W, U> update,
			StartOptions options, UpdateOptions updateOptions);

	/**
	 * Like {@link #updateWithStart}, for an update that returns nothing.
	 * @param <W> the workflow type
	 * @param type a class or interface annotated with {@link Workflow}
	 * @param start exactly one call of its run method
	 * @param update exactly one call of an update method
	 * @param options id and policies of the workflow
	 * @param updateOptions id of the update, and how long to wait until it is accepted
	 * @return what to wait for the update's end with
	 */
	<W> UpdateHandle<Void> updateWithStartVoid(Class<W> type, Consumer<W> start, Consumer<W> update,
			StartOptions options, UpdateOptions updateOptions);

	/**
	 * Reaches the latest run of a workflow. Nothing is looked up before the handle is
	 * used.
	 * @param <W> the workflow type
	 * @param type a class or interface annotated with {@link Workflow}
	 * @param workflowId its id
	 * @return a handle
	 */
	<W> WorkflowHandle<W, Object> handle(Class<W> type, String workflowId);

	/**
	 * Reaches the latest run of a workflow whose class is not known here.
	 * @param workflowId its id
	 * @return a reference
	 */
	WorkflowRef handle(String workflowId);

	/**
	 * Reaches one run of a workflow.
	 * @param workflowId its id
	 * @param runId its run
	 * @return a reference
	 */
	WorkflowRef handle(String workflowId, String runId);

	/**
	 * First page of the runs that a filter selects, such as
	 * {@code status = 'Running' AND type = 'ProcessOrder' ORDER BY startTime DESC}.
	 * @param filter the filter, empty for all
	 * @return at most 100 runs
	 * @throws WorkflowException with {@link ErrorCode#INVALID_FILTER} if it cannot be
	 * understood
	 */
	WorkflowPage list(String filter);

	/**
	 * A page of the runs that a filter selects.
	 * @param filter the filter, empty for all
	 * @param pageSize 1 to 1,000
	 * @param pageToken what the page before named as next, or {@code null} for the first
	 * @return a page
	 */
	WorkflowPage list(String filter, int pageSize, @Nullable String pageToken);

}
