package io.reprise;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Workflows} asks of the machine that runs a workflow. Bound to each of the
 * workflow's threads before user code runs there.
 */
@Internal("implemented by the replayer, called by Workflows and by activity stubs")
public interface WorkflowContext {

	/**
	 * The context of this thread's workflow.
	 * @return the context
	 * @throws WorkflowException with {@link ErrorCode#NOT_IN_WORKFLOW}
	 */
	static WorkflowContext current() {
		WorkflowContext context = ContextHolder.WORKFLOW.get();
		if (context == null) {
			throw new WorkflowException(ErrorCode.NOT_IN_WORKFLOW,
					"Expected to be called on a workflow's own thread, but '" + Thread.currentThread().getName()
							+ "' is not one. Call Workflows.* and activity stubs only from a @Workflow class; "
							+ "other code calls the activity bean or the WorkflowClient");
		}
		return context;
	}

	static @Nullable WorkflowContext currentOrNull() {
		return ContextHolder.WORKFLOW.get();
	}

	static void bind(@Nullable WorkflowContext context) {
		if (context != null) {
			ContextHolder.WORKFLOW.set(context);
		}
		else {
			ContextHolder.WORKFLOW.remove();
		}
	}

	WorkflowInfo info();

	Instant now();

	/**
	 * Whether user code repeats what the history already holds.
	 * @return {@code true} during replay, and while a query runs
	 */
	boolean isReplaying();

	void sleep(Duration duration);

	/**
	 * A timer as a promise.
	 * @param duration how long
	 * @return a promise that is done when the timer fired
	 */
	Promise<@Nullable Void> timer(Duration duration);

	void await(BooleanSupplier condition);

	/**
	 * Waits for a condition, but not for ever.
	 * @param timeout how long
	 * @param condition what to wait for
	 * @return whether the condition holds
	 */
	boolean await(Duration timeout, BooleanSupplier condition);

	boolean patched(String id);

	void deprecatePatch(String id);

	UUID randomUuid();

	RandomGenerator random();

	<T> @Nullable T sideEffect(Type type, Supplier<? extends @Nullable T> effect);

	<T extends @Nullable Object> Promise<T> async(Supplier<? extends T> work);

	/**
	 * Schedules an activity without waiting for it.
	 * @param call the activity and its arguments
	 * @return a promise of its result
	 */
	Promise<@Nullable Object> startActivity(ActivityCall call);

	/**
	 * Starts a child without waiting for anything.
	 * @param call the child and its arguments
	 * @return the child
	 */
	StartedChild<@Nullable Object> startChild(ChildCall call);

	/**
	 * A stub of a workflow type whose run method starts a child and waits for its result.
	 * @param <W> the workflow type
	 * @param type class or interface
	 * @param options how children are started
	 * @return the stub
	 */
	<W> W childStub(Class<W> type, ChildOptions options);

	/**
	 * What a lambda calls, which must be the run method.
	 * @param <W> the workflow type
	 * @param type class or interface
	 * @param call the lambda
	 * @param options how the child is started
	 * @return the child to be started
	 */
	<W> ChildCall recordRun(Class<W> type, Consumer<W> call, ChildOptions options);

	/**
	 * What a lambda calls, which must be a signal.
	 * @param <W> the workflow type
	 * @param type class or interface
	 * @param call the lambda
	 * @return the signal to be sent
	 */
	<W> SignalCall recordSignal(Class<W> type, Consumer<W> call);

	/**
	 * Sends a signal to another workflow.
	 * @param workflowId its id
	 * @param signal the signal
	 * @return a promise that is done when it is durable
	 */
	Promise<@Nullable Void> signalExternal(String workflowId, SignalCall signal);

	/**
	 * Asks another workflow to stop.
	 * @param workflowId its id
	 * @return a promise that is done when the request is durable
	 */
	Promise<@Nullable Void> cancelExternal(String workflowId);

	/**
	 * Runs work in a new scope, to its end.
	 * @param detached whether cancellation from outside passes it by
	 * @param work the work
	 * @return the scope
	 */
	CancellationScope runInScope(boolean detached, Runnable work);

	/**
	 * Whether an exception that ends the workflow would stall the run instead.
	 * @param failure the exception
	 * @return {@code true} if the workflow's code takes it for a bug
	 */
	boolean isBug(Throwable failure);

	/**
	 * The innermost scope of the calling code.
	 * @return the scope
	 */
	CancellationScope currentScope();

	boolean allHandlersFinished();

	/**
	 * A stub of an activity type with options of the call site.
	 * @param <T> the activity type
	 * @param type class or interface
	 * @param settings options that come before all others
	 * @return the stub
	 */
	<T> T activityStub(Class<T> type, ActivitySettings settings);

	/**
	 * Ends the run, to go on in another of the same type.
	 * @param arguments its arguments
	 * @return what to throw
	 */
	Error continueAsNew(@Nullable Object[] arguments);

	/**
	 * Ends the run, to go on in another.
	 * @param <W> its type
	 * @param type its type
	 * @param call exactly one call of its run method
	 * @return what to throw
	 */
	<W> Error continueAsNew(Class<W> type, Consumer<W> call);

	/**
	 * What the last run returned that did, of those that this one follows.
	 * @param type its type
	 * @return the result, or {@code null} if there is none
	 */
	@Nullable Object lastResult(Type type);

}
