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
import io.reprise.protocol.Payload;
import io.reprise.replay.OpenTarget.OpenTimer;
import org.jspecify.annotations.Nullable;

/**
 * What workflow code on one coroutine may do. Every call first asks whether the coroutine
 * may go on at all.
 */
final class MachineContext implements RunContext {

	private final WorkflowRun run;

	private final Coroutine coroutine;

	private Scope scope;

	private Mode mode;

	MachineContext(WorkflowRun run, Coroutine coroutine, Scope scope, Mode mode) {
		this.run = run;
		this.coroutine = coroutine;
		this.scope = scope;
		this.mode = mode;
	}

	@Override
	public WorkflowRun run() {
		return run;
	}

	@Override
	public WorkflowInfo info() {
		requireReadable("Workflows.info()");
		return run.info().withHistory(run.historySize().events(), run.historySize().bytes());
	}

	@Override
	public Instant now() {
		requireReadable("Workflows.now()");
		return run.now();
	}

	/**
	 * Never throws, because loggers ask; what unwinding code logs is not true.
	 */
	@Override
	public boolean isReplaying() {
		return run.isReplaying() || !coroutine.isAlive();
	}

	@Override
	public void sleep(Duration duration) {
		requireWritable("Workflows.sleep()");
		if (duration.isPositive()) {
			join(run.targets().startTimer(duration, scope).promise());
		}
	}

	@Override
	@SuppressWarnings("unchecked")
	public Promise<@Nullable Void> timer(Duration duration) {
		requireWritable("Workflows.timer()");
		if (duration.isPositive()) {
			return (Promise<@Nullable Void>) run.targets().startTimer(duration, scope).promise();
		}
		SettablePromise<@Nullable Void> done = new SettablePromise<>(run);
		done.settle(Outcome.Value.NOTHING);
		return done;
	}

	@Override
	public void await(BooleanSupplier condition) {
		requireWritable("Workflows.await()");
		if (!holds(condition)) {
			waitUntil(condition, null);
		}
	}

	@Override
	public boolean await(Duration timeout, BooleanSupplier condition) {
		requireWritable("Workflows.await()");
		if (holds(condition)) {
			return true;
		}
		if (!timeout.isPositive()) {
			scope.requireOpen();
			return false;
		}
		OpenTimer timer = run.targets().startTimer(timeout, scope);
		try {
			return waitUntil(condition, timer);
		}
		finally {
			// Does nothing after it fired or the scope was cancelled.
			if (coroutine.isAlive()) {
				timer.cancel("The condition holds");
			}
		}
	}

	@Override
	public boolean patched(String id) {
		requireReadable("Workflows.patched()");
		Boolean known = run.patches().known(id);
		if (known != null) {
			return known;
		}
		requireWritable("Workflows.patched() for the first time");
		return run.decidePatch(id);
	}

	@Override
	public void deprecatePatch(String id) {
		if (!patched(id)) {
			throw run.fate()
				.nonDeterminism("Expected all open runs to have taken patch '%s', but %s (run %s) began before it%s. "
					.formatted(id, run.info().workflowId(), run.info().runId(), Bugs.at(SourceLine.ofCaller()))
						+ "It needs the former code: bring back Workflows.patched(...) with the old path until such "
						+ "runs have ended");
		}
	}

	@Override
	public UUID randomUuid() {
		return SplitMix64.uuid(draw(), draw());
	}

	@Override
	public RandomGenerator random() {
		requireReadable("Workflows.random()");
		return run.random();
	}

	@Override
	public long draw() {
		requireReadable("A random number");
		if (mode == Mode.CONDITION) {
			throw refused("A random number");
		}
		return run.numbers().next();
	}

	@SuppressWarnings("unchecked")
	@Override
	public <T> @Nullable T sideEffect(Type type, Supplier<? extends @Nullable T> effect) {
		requireWritable("Workflows.sideEffect()");
		mode = Mode.SIDE_EFFECT;
		try {
			return (T) run.sideEffects().take(type, effect);
		}
		finally {
			mode = Mode.NORMAL;
		}
	}

	@Override
	public <T extends @Nullable Object> Promise<T> async(Supplier<? extends T> work) {
		requireWritable("Workflows.async()");
		return run.async(work, scope);
	}

	@Override
	public Promise<@Nullable Object> startActivity(ActivityCall call) {
		requireWritable("An activity");
		return run.targets().startActivity(call, scope);
	}

	@Override
	public StartedChild<@Nullable Object> startChild(ChildCall call) {
		requireWritable("A child workflow");
		return run.targets().requests().startChild(call, scope);
	}

	@Override
	public <W> W childStub(Class<W> type, ChildOptions options) {
		requireReadable("Workflows.child()");
		return run.code().calls().childStub(type, options);
	}

	@Override
	public <W> ChildCall recordRun(Class<W> type, Consumer<W> call, ChildOptions options) {
		requireWritable("Workflows.startChild()");
		return run.code().calls().recordRun(type, call, options);
	}

	@Override
	public <W> SignalCall recordSignal(Class<W> type, Consumer<W> call) {
		requireWritable("A signal to another workflow");
		return run.code().calls().recordSignal(type, call);
	}

	@Override
	public Promise<@Nullable Void> signalExternal(String workflowId, SignalCall signal) {
		requireWritable("A signal to another workflow");
		return run.targets().requests().signal(workflowId, signal, scope);
	}

	@Override
	public Promise<@Nullable Void> cancelExternal(String workflowId) {
		requireWritable("The cancellation of another workflow");
		return run.targets().requests().cancel(workflowId, scope);
	}

	@Override
	public CancellationScope runInScope(boolean detached, Runnable work) {
		requireWritable("A cancellation scope");
		Scope outer = scope;
		Scope inner = new Scope(run, detached ? null : outer);
		scope = inner;
		try {
			work.run();
		}
		finally {
			scope = outer;
		}
		return inner;
	}

	@Override
	public CancellationScope currentScope() {
		requireReadable("Workflows.currentScope()");
		return scope;
	}

	@Override
	public boolean allHandlersFinished() {
		requireReadable("Workflows.allHandlersFinished()");
		return run.updates().allHandlersFinished();
	}

	@Override
	public <T> T activityStub(Class<T> type, ActivitySettings settings) {
		requireReadable("Workflows.activity()");
		return run.code().activityStub(type, settings);
	}

	@Override
	public <T extends @Nullable Object> T join(SettablePromise<T> promise) {
		requireReadable("Promise.get()");
		Outcome outcome = promise.outcome();
		while (outcome == null) {
			requireWritable("Promise.get() on a promise that is not done");
			promise.addWaiting(coroutine);
			coroutine.pauseUntilReady();
			outcome = promise.outcome();
		}
		try {
			return Outcomes.open(promise, outcome, run.services().converter());
		}
		catch (WorkflowException ex) {
			if ((ex.code() == ErrorCode.DECODING_FAILED && outcome instanceof Outcome.Encoded)
					|| ex.code() == ErrorCode.CODEC_FAILED) {
				throw run.fate().bug(ex.code(), ex.getMessage() + Bugs.at(SourceLine.ofCaller()));
			}
			throw ex;
		}
	}

	@Override
	public Error continueAsNew(@Nullable Object[] arguments) {
		requireWritable("Workflows.continueAsNew()");
		run.continueAsNew(run.info().workflowType(), arguments);
		return coroutine.end();
	}

	@Override
	public <W> Error continueAsNew(Class<W> type, Consumer<W> call) {
		requireWritable("Workflows.continueAsNew()");
		WorkflowCode.RunCall recorded = run.code().runCall(type, call);
		run.continueAsNew(recorded.workflowType(), recorded.arguments());
		return coroutine.end();
	}

	@Override
	public @Nullable Object lastResult(Type type) {
		requireReadable("Workflows.lastResult()");
		return lastResult(run, type);
	}

	static @Nullable Object lastResult(WorkflowRun run, Type type) {
		Payload result = run.lastResult();
		return (result != null) ? run.services().converter().fromPayload(result, type) : null;
	}

	@Override
	public void requireReadable(String call) {
		coroutine.requireAlive();
		if (mode == Mode.SIDE_EFFECT) {
			throw refused(call);
		}
	}

	@Override
	public void requireWritable(String call) {
		coroutine.requireAlive();
		if (mode != Mode.NORMAL) {
			throw refused(call);
		}
	}

	/**
	 * Waits for a condition that does not hold yet.
	 */
	private boolean waitUntil(BooleanSupplier condition, @Nullable OpenTimer timer) {
		try {
			do {
				scope.requireOpen();
				if (timer != null && timer.promise().isSettled()) {
					return false;
				}
				coroutine.pauseUntilChange();
			}
			while (!holds(condition));
			return true;
		}
		finally {
			coroutine.moved();
		}
	}

	private boolean holds(BooleanSupplier condition) {
		mode = Mode.CONDITION;
		try {
			return condition.getAsBoolean();
		}
		finally {
			mode = Mode.NORMAL;
		}
	}

	private WorkflowException refused(String call) {
		return new WorkflowException(ErrorCode.INVALID_ARGUMENT,
				"Expected %s to leave the workflow alone, but it calls %s. Call it in the workflow's methods"
					.formatted(mode.words, call));
	}

	/**
	 * What user code is doing on the coroutine.
	 */
	enum Mode {

		/** A method of the workflow. */
		NORMAL("a method"),
		/** It is being made; nothing of it is in the history yet. */
		CONSTRUCTOR("the workflow's constructor"),
		/** How often a condition is looked at is no part of the history. */
		CONDITION("the condition of an await"),
		/** What happens inside is not repeated at replay. */
		SIDE_EFFECT("a side effect");

		private final String words;

		Mode(String words) {
			this.words = words;
		}

	}

}
