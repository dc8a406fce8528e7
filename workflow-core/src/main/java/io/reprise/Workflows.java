package io.reprise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What a workflow may ask for: time, waiting, randomness, versions, concurrency. All of
 * it gives at replay what it gave at first. Legal only on a workflow's own threads;
 * elsewhere every method throws {@link WorkflowException} with
 * {@link ErrorCode#NOT_IN_WORKFLOW}.
 */
public final class Workflows {

	private Workflows() {
	}

	/**
	 * What the workflow may know of its own run.
	 * @return the info
	 */
	public static WorkflowInfo info() {
		return WorkflowContext.current().info();
	}

	/**
	 * The time of the current turn, by the database's clock. It never goes back.
	 * @return the time, to the microsecond
	 */
	public static Instant now() {
		return WorkflowContext.current().now();
	}

	/**
	 * Waits on a durable timer that outlives restarts and never fires early.
	 * @param duration how long; zero or less does not wait
	 * @throws CanceledFailure if the scope is cancelled meanwhile
	 */
	public static void sleep(Duration duration) {
		WorkflowContext.current().sleep(duration);
	}

	/**
	 * A durable timer to combine with other promises.
	 * @param duration how long
	 * @return a promise that is done when the timer fired
	 */
	public static Promise<@Nullable Void> timer(Duration duration) {
		return WorkflowContext.current().timer(duration);
	}

	/**
	 * Waits until a condition over the workflow's own state holds. It is looked at after
	 * every input, must not change anything and must not block.
	 * @param condition what to wait for
	 * @throws CanceledFailure if the scope is cancelled meanwhile
	 */
	public static void await(BooleanSupplier condition) {
		WorkflowContext.current().await(condition);
	}

	/**
	 * Waits until a condition holds, but not for ever.
	 * @param timeout how long, on a durable timer
	 * @param condition what to wait for
	 * @return {@code true} if the condition holds, {@code false} if time ran out first
	 * @throws CanceledFailure if the scope is cancelled meanwhile
	 */
	public static boolean await(Duration timeout, BooleanSupplier condition) {
		return WorkflowContext.current().await(timeout, condition);
	}

	/**
	 * Whether this run takes the changed path. Runs that passed here before the change
	 * was deployed take the old path for ever; all others take the new one. Fixed for the
	 * run at its first call.
	 * @param id names the change
	 * @return {@code true} for the new path
	 */
	public static boolean patched(String id) {
		return WorkflowContext.current().patched(id);
	}

	/**
	 * Says that the old path of a patch is gone from the code. A run that needs it stalls
	 * with a clear message.
	 * @param id names the change
	 */
	public static void deprecatePatch(String id) {
		WorkflowContext.current().deprecatePatch(id);
	}

	/**
	 * A random UUID, the same at every replay.
	 * @return the UUID
	 */
	public static UUID randomUuid() {
		return WorkflowContext.current().randomUuid();
	}

	/**
	 * Random numbers, the same at every replay.
	 * @return the generator of this run
	 */
	public static RandomGenerator random() {
		return WorkflowContext.current().random();
	}

	/**
	 * Runs something short that is not deterministic, once, and records its value.
	 * @param <T> type of the value
	 * @param type type of the value
	 * @param effect what to run; it must not call {@code Workflows} and must not block
	 * @return the value, at replay the recorded one
	 */
	public static <T> @Nullable T sideEffect(Class<T> type, Supplier<? extends @Nullable T> effect) {
		return WorkflowContext.current().sideEffect(type, effect);
	}

	/**
	 * A logger that is silent during replay. A line is written once, unless the turn is
	 * lost before it is recorded and runs again. It may be kept in a static field.
	 * @param type names the logger
	 * @return the logger
	 */
	public static Logger logger(Class<?> type) {
		return ReplaySilentLogger.of(type);
	}

	/**
	 * Runs work at the same time as the caller: on a thread of the workflow's own, of
	 * which one runs at a time.
	 * @param <T> type of its result
	 * @param work what to run
	 * @return a promise of its result
	 */
	public static <T extends @Nullable Object> Promise<T> async(Supplier<? extends T> work) {
		return WorkflowContext.current().async(work);
	}

	/**
	 * Runs work without a result at the same time as the caller.
	 * @param work what to run
	 * @return a promise of its end
	 */
	public static Promise<@Nullable Void> asyncVoid(Runnable work) {
		return WorkflowContext.current().async(() -> {
			work.run();
			return null;
		});
	}

	/**
	 * Waits for all promises; the first failure, in the order of the list, is thrown.
	 * @param <T> type of the results
	 * @param promises what to wait for
	 * @return the results in the same order
	 */
	public static <T extends @Nullable Object> List<T> all(List<? extends Promise<T>> promises) {
		List<T> results = new ArrayList<>(promises.size());
		for (Promise<T> promise : promises) {
			results.add(promise.get());
		}
		return results;
	}

	/**
	 * Waits for the first promise that is done.
	 * @param <T> type of the results
	 * @param promises what to wait for, at least one
	 * @return its result
	 * @throws RecordedFailure if the first that is done failed
	 */
	public static <T extends @Nullable Object> T any(List<? extends Promise<T>> promises) {
		if (promises.isEmpty()) {
			throw WorkflowException.invalid("Expected at least one promise, but the list is empty");
		}
		WorkflowContext.current().await(() -> promises.stream().anyMatch(Promise::isDone));
		return promises.stream().filter(Promise::isDone).findFirst().orElseThrow().get();
	}

	/**
	 * Whether all handlers of signals and updates that have begun have ended. A workflow
	 * that returns before leaves accepted updates without an answer; it waits with
	 * {@code Workflows.await(Workflows::allHandlersFinished)}, in its run method, as a
	 * handler counts itself.
	 * @return {@code true} if no handler is at work
	 */
	public static boolean allHandlersFinished() {
		return WorkflowContext.current().allHandlersFinished();
	}

	/**
	 * Calls an activity by name and waits for its result.
	 * @param <R> type of the result
	 * @param activityType name of the activity, {@code Group.method}
	 * @param resultType type of the result
	 * @param args the arguments
	 * @return the result
	 * @throws ActivityFailure if it failed for good
	 */
	public static <R> @Nullable R activity(String activityType, Class<R> resultType, @Nullable Object... args) {
		return activity(activityType, ActivitySettings.none(), resultType, args);
	}

	/**
	 * Calls an activity by name, with options, and waits for its result.
	 * @param <R> type of the result
	 * @param activityType name of the activity, {@code Group.method}
	 * @param settings options that come before all others
	 * @param resultType type of the result
	 * @param args the arguments
	 * @return the result
	 * @throws ActivityFailure if it failed for good
	 */
	@SuppressWarnings("unchecked")
	public static <R> @Nullable R activity(String activityType, ActivitySettings settings, Class<R> resultType,
			@Nullable Object... args) {
		return (R) WorkflowContext.current()
			.startActivity(new ActivityCall(activityType, settings, resultType, args))
			.get();
	}

	/**
	 * A stub of an activity type with options of the call site.
	 * @param <T> the activity type
	 * @param type a class or interface annotated with {@link Activity}
	 * @param settings options that come before all others
	 * @return the stub
	 */
	public static <T> T activity(Class<T> type, ActivitySettings settings) {
		return WorkflowContext.current().activityStub(type, settings);
	}

	/**
	 * A stub of a workflow type with default options. A call of its run method starts a
	 * child workflow and waits for its result; with {@link #async} it does so beside
	 * other work. Nothing else can be called on it.
	 * @param <W> the workflow type
	 * @param type a class or interface annotated with {@link Workflow}
	 * @return the stub
	 */
	public static <W> W child(Class<W> type) {
		return child(type, ChildOptions.defaults());
	}

	/**
	 * A stub of a workflow type. A call of its run method starts a child workflow and
	 * waits for its result, which throws {@link ChildWorkflowFailure} if it does not
	 * complete. Nothing else can be called on it.
	 * @param <W> the workflow type
	 * @param type a class or interface annotated with {@link Workflow}
	 * @param options how the child is started
	 * @return the stub
	 */
	public static <W> W child(Class<W> type, ChildOptions options) {
		return WorkflowContext.current().childStub(type, options);
	}

	/**
	 * Starts a child workflow by the name of its type, and waits for its result.
	 * @param <R> type of the result
	 * @param workflowType name of the type
	 * @param options how the child is started
	 * @param resultType type of the result
	 * @param args the arguments
	 * @return the result
	 * @throws ChildWorkflowFailure if it did not complete, or could not be started
	 */
	@SuppressWarnings("unchecked")
	public static <R> @Nullable R child(String workflowType, ChildOptions options, Class<R> resultType,
			@Nullable Object... args) {
		return (R) WorkflowContext.current()
			.startChild(new ChildCall(workflowType, options, resultType, args))
			.result()
			.get();
	}

	/**
	 * Starts a child workflow, and waits until it is known to have been started.
	 * @param <W> the workflow type
	 * @param <R> type of the result
	 * @param type a class or interface annotated with {@link Workflow}
	 * @param call makes exactly one call, of the run method
	 * @param options how the child is started
	 * @return the child
	 * @throws ChildWorkflowFailure if it could not be started
	 */
	public static <W, R> ChildHandle<W, R> startChild(Class<W> type, Function<W, R> call, ChildOptions options) {
		return startRecorded(type, call::apply, options);
	}

	/**
	 * Starts a child workflow without a result, and waits until it is known to have been
	 * started.
	 * @param <W> the workflow type
	 * @param type a class or interface annotated with {@link Workflow}
	 * @param call makes exactly one call, of the run method
	 * @param options how the child is started
	 * @return the child
	 * @throws ChildWorkflowFailure if it could not be started
	 */
	public static <W> ChildHandle<W, @Nullable Void> startChildVoid(Class<W> type, Consumer<W> call,
			ChildOptions options) {
		return startRecorded(type, call, options);
	}

	@SuppressWarnings("unchecked")
	private static <W, R extends @Nullable Object> ChildHandle<W, R> startRecorded(Class<W> type, Consumer<W> call,
			ChildOptions options) {
		WorkflowContext context = WorkflowContext.current();
		StartedChild<@Nullable Object> child = context.startChild(context.recordRun(type, call, options));
		child.awaitStart();
		return new TypedChild<>(type, (ChildRef<R>) child);
	}

	/**
	 * Starts a child workflow by the name of its type, and waits until it is known to
	 * have been started.
	 * @param <R> type of the result
	 * @param workflowType name of the type
	 * @param options how the child is started
	 * @param resultType type of the result
	 * @param args the arguments
	 * @return the child
	 * @throws ChildWorkflowFailure if it could not be started
	 */
	@SuppressWarnings("unchecked")
	public static <R> ChildRef<@Nullable R> startChild(String workflowType, ChildOptions options, Class<R> resultType,
			@Nullable Object... args) {
		StartedChild<?> child = WorkflowContext.current()
			.startChild(new ChildCall(workflowType, options, resultType, args));
		child.awaitStart();
		return (ChildRef<@Nullable R>) child;
	}

	/**
	 * Another workflow, to signal or to cancel: no child of this one.
	 * @param <W> the workflow type
	 * @param type a class or interface annotated with {@link Workflow}
	 * @param workflowId its id
	 * @return a reference to whichever run is open when it is used
	 */
	public static <W> ExternalWorkflow<W> external(Class<W> type, String workflowId) {
		WorkflowContext.current();
		return new Neighbour<>(type, workflowId);
	}

	/**
	 * Another workflow, to signal by name or to cancel.
	 * @param workflowId its id
	 * @return a reference to whichever run is open when it is used
	 */
	public static ExternalRef external(String workflowId) {
		WorkflowContext.current();
		return new Neighbour<>(null, workflowId);
	}

	/**
	 * Runs work in a scope of its own, which can be cancelled by itself.
	 * @param work what to run; it ends before this returns, other than what it started
	 * with {@link #async}
	 * @return the scope
	 */
	public static CancellationScope cancellationScope(Runnable work) {
		return WorkflowContext.current().runInScope(false, work);
	}

	/**
	 * Runs work that the workflow's cancellation does not reach: clean-up and
	 * compensation.
	 * @param work what to run
	 * @return the scope
	 */
	public static CancellationScope detachedScope(Runnable work) {
		return WorkflowContext.current().runInScope(true, work);
	}

	/**
	 * Ends this run and goes on in a new one of the same type, with an empty history and
	 * the same workflow id. Never returns: whatever the code does with the error by which
	 * it is left, the run has ended. Messages that this run has not seen are the first
	 * that the new one sees. Activities and timers that are open are given up, and
	 * children as their close policy says.
	 * @param <T> lets it stand behind {@code return}
	 * @param args arguments of the run method
	 * @return nothing
	 */
	public static <T extends @Nullable Object> T continueAsNew(@Nullable Object... args) {
		throw WorkflowContext.current().continueAsNew(args);
	}

	/**
	 * Ends this run and goes on in a new one, of this type or another.
	 * @param <W> the workflow type
	 * @param <T> lets it stand behind {@code return}
	 * @param type class or interface of the workflow
	 * @param call exactly one call of its run method
	 * @return nothing
	 * @see #continueAsNew(Object...)
	 */
	public static <W, T extends @Nullable Object> T continueAsNew(Class<W> type, Consumer<W> call) {
		throw WorkflowContext.current().continueAsNew(type, call);
	}

	/**
	 * What the last run returned that did, of those that this one follows. Of use for
	 * workflows with a cron expression.
	 * @param <R> type of the result
	 * @param type type of the result
	 * @return the result, {@code null} if there is none
	 */
	@SuppressWarnings("unchecked")
	public static <R> @Nullable R lastResult(Class<R> type) {
		return (R) WorkflowContext.current().lastResult(type);
	}

	/**
	 * Takes steps, and undoes those that were taken if the work ends with an exception,
	 * which is thrown then; what compensations failed with is suppressed by it. A bug
	 * stalls the run and undoes nothing.
	 * @param <T> type of the result
	 * @param work takes the steps
	 * @return its result
	 */
	public static <T extends @Nullable Object> T saga(Function<Saga, ? extends T> work) {
		Saga saga = new Saga();
		return saga.run(() -> work.apply(saga));
	}

	/**
	 * Takes steps without a result, and undoes those that were taken if the work ends
	 * with an exception.
	 * @param work takes the steps
	 * @see #saga(Function)
	 */
	public static void sagaVoid(Consumer<Saga> work) {
		Workflows.<@Nullable Void>saga(saga -> {
			work.accept(saga);
			return null;
		});
	}

	/**
	 * A saga that is compensated by hand.
	 * @return the saga, without steps
	 */
	public static Saga saga() {
		WorkflowContext.current();
		return new Saga();
	}

	/**
	 * The innermost scope of the calling code.
	 * @return the scope
	 */
	public static CancellationScope currentScope() {
		return WorkflowContext.current().currentScope();
	}

}
