package io.reprise.replay;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.reprise.ActivityCall;
import io.reprise.ActivitySettings;
import io.reprise.CancellationScope;
import io.reprise.ChildCall;
import io.reprise.ChildOptions;
import io.reprise.ErrorCode;
import io.reprise.Promise;
import io.reprise.SignalCall;
import io.reprise.StartedChild;
import io.reprise.WorkflowException;
import io.reprise.WorkflowInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a query may do: look. It sees the state after the last turn, and draws random
 * numbers of its own.
 */
final class QueryContext implements RunContext {

	private final WorkflowRun run;

	private final Coroutine coroutine;

	private final SplitMix64 numbers;

	private @Nullable WorkflowException violation;

	/** What may only look: a query or a validator. */
	private final String reader;

	QueryContext(WorkflowRun run, Coroutine coroutine) {
		this(run, coroutine, "a query");
	}

	QueryContext(WorkflowRun run, Coroutine coroutine, String reader) {
		this.run = run;
		this.reader = reader;
		this.coroutine = coroutine;
		numbers = run.numbers().fork();
	}

	/**
	 * The first attempt to do more than look, also if the query caught it.
	 * @return the exception, or {@code null}
	 */
	@Nullable WorkflowException violation() {
		return violation;
	}

	@Override
	public WorkflowRun run() {
		return run;
	}

	@Override
	public WorkflowInfo info() {
		return run.info().withHistory(run.historySize().events(), run.historySize().bytes());
	}

	@Override
	public Instant now() {
		return run.now();
	}

	@Override
	public boolean isReplaying() {
		return true;
	}

	@Override
	public void sleep(Duration duration) {
		requireWritable("Workflows.sleep()");
	}

	@Override
	public Promise<@Nullable Void> timer(Duration duration) {
		throw refused("Workflows.timer()");
	}

	@Override
	public void await(BooleanSupplier condition) {
		requireWritable("Workflows.await()");
	}

	@Override
	public boolean await(Duration timeout, BooleanSupplier condition) {
		throw refused("Workflows.await()");
	}

	@Override
	public boolean patched(String id) {
		Boolean known = run.patches().known(id);
		if (known == null) {
			throw refused("Workflows.patched() for the first time");
		}
		return known;
	}

	@Override
	public void deprecatePatch(String id) {
		patched(id);
	}

	@Override
	public UUID randomUuid() {
		return SplitMix64.uuid(draw(), draw());
	}

	@Override
	public RandomGenerator random() {
		return run.random();
	}

	@Override
	public long draw() {
		return numbers.next();
	}

	@Override
	public <T> @Nullable T sideEffect(Type type, Supplier<? extends @Nullable T> effect) {
		throw refused("Workflows.sideEffect()");
	}

	@Override
	public <T extends @Nullable Object> Promise<T> async(Supplier<? extends T> work) {
		throw refused("Workflows.async()");
	}

	@Override
	public Promise<@Nullable Object> startActivity(ActivityCall call) {
		throw refused("activity " + call.activityType());
	}

	@Override
	public StartedChild<@Nullable Object> startChild(ChildCall call) {
		throw refused("child workflow " + call.workflowType());
	}

	@Override
	public <W> W childStub(Class<W> type, ChildOptions options) {
		return run.code().calls().childStub(type, options);
	}

	@Override
	public <W> ChildCall recordRun(Class<W> type, Consumer<W> call, ChildOptions options) {
		throw refused("Workflows.startChild()");
	}

	@Override
	public <W> SignalCall recordSignal(Class<W> type, Consumer<W> call) {
		throw refused("a signal to another workflow");
	}

	@Override
	public Promise<@Nullable Void> signalExternal(String workflowId, SignalCall signal) {
		throw refused("a signal to another workflow");
	}

	@Override
	public Promise<@Nullable Void> cancelExternal(String workflowId) {
		throw refused("the cancellation of another workflow");
	}

	@Override
	public CancellationScope runInScope(boolean detached, Runnable work) {
		throw refused("a cancellation scope");
	}

	@Override
	public CancellationScope currentScope() {
		return run.root();
	}

	@Override
	public boolean allHandlersFinished() {
		return run.updates().allHandlersFinished();
	}

	@Override
	public <T> T activityStub(Class<T> type, ActivitySettings settings) {
		return run.code().activityStub(type, settings);
	}

	@Override
	public <T extends @Nullable Object> T join(SettablePromise<T> promise) {
		requireReadable("Promise.get()");
		Outcome outcome = promise.outcome();
		if (outcome == null) {
			throw refused("Promise.get() on a promise that is not done");
		}
		return Outcomes.open(promise, outcome, run.services().converter());
	}

	@Override
	public Error continueAsNew(@Nullable Object[] arguments) {
		throw refused("Workflows.continueAsNew()");
	}

	@Override
	public <W> Error continueAsNew(Class<W> type, Consumer<W> call) {
		throw refused("Workflows.continueAsNew()");
	}

	@Override
	public @Nullable Object lastResult(Type type) {
		coroutine.requireAlive();
		return MachineContext.lastResult(run, type);
	}

	@Override
	public void requireReadable(String call) {
		coroutine.requireAlive();
	}

	@Override
	public void requireWritable(String call) {
		throw refused(call);
	}

	private WorkflowException refused(String call) {
		coroutine.requireAlive();
		WorkflowException refusal = new WorkflowException(ErrorCode.QUERY_NOT_READ_ONLY,
				"Expected %s only to look at workflow %s (run %s), but it calls %s%s. Do that in the workflow method or a signal"
					.formatted(reader, run.info().workflowId(), run.info().runId(), call,
							Bugs.at(SourceLine.ofCaller())));
		if (violation == null) {
			violation = refusal;
		}
		return refusal;
	}

}
