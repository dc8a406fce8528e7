package io.reprise.replay;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

import io.reprise.Promise;
import io.reprise.WorkflowInfo;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.UpdateRequest;
import org.jspecify.annotations.Nullable;

/**
 * A run in memory: the instance of the workflow, what its coroutines share, and what runs
 * on them. Knows nothing of where inputs come from and where commands go.
 */
final class WorkflowRun {

	private final WorkflowCode code;

	private final WorkflowInfo info;

	private final MachineServices services;

	private final Fate fate;

	private final Scheduler scheduler;

	private final AtomicInteger liveThreads = new AtomicInteger();

	private final PatchBook patches = new PatchBook();

	private final SplitMix64 numbers;

	private final RunRandom random = new RunRandom(this);

	private final Scope root = new Scope(this, null);

	private final Targets targets;

	private final Locals locals = new Locals(this);

	private final Updates updates;

	private final SideEffects sideEffects = new SideEffects(this);

	private final Closings closings = new Closings(this);

	private final Delivery delivery;

	private CommandSink sink = new LiveSink();

	private InputBarrier barrier = InputBarrier.OPEN;

	private boolean replaying;

	private Instant now;

	private Instant turnTime;

	private @Nullable Object instance;

	private boolean cancelRequested;

	/** How the run ends, as soon as the turn's messages are delivered. */
	private TurnCommand.@Nullable Closing ending;

	private boolean closed;

	private final @Nullable Payload lastResult;

	private final HistorySize historySize = new HistorySize();

	WorkflowRun(WorkflowCode code, WorkflowInfo info, MachineServices services, Fate fate, Scheduler scheduler,
			@Nullable Payload lastResult) {
		this.lastResult = lastResult;
		this.code = code;
		this.info = info;
		this.services = services;
		this.fate = fate;
		this.scheduler = scheduler;
		numbers = SplitMix64.ofRun(info.runId());
		targets = new Targets(this, services);
		updates = new Updates(this, scheduler);
		delivery = new Delivery(this, scheduler);
		now = info.startTime();
		turnTime = now;
	}

	// What contexts ask

	WorkflowCode code() {
		return code;
	}

	WorkflowInfo info() {
		return info;
	}

	/**
	 * How large the history is, as of the beginning of the turn.
	 */
	HistorySize historySize() {
		return historySize;
	}

	MachineServices services() {
		return services;
	}

	Fate fate() {
		return fate;
	}

	PatchBook patches() {
		return patches;
	}

	SplitMix64 numbers() {
		return numbers;
	}

	RunRandom random() {
		return random;
	}

	Scope root() {
		return root;
	}

	Targets targets() {
		return targets;
	}

	Locals locals() {
		return locals;
	}

	Updates updates() {
		return updates;
	}

	Closings closings() {
		return closings;
	}

	SideEffects sideEffects() {
		return sideEffects;
	}

	CommandSink sink() {
		return sink;
	}

	Instant now() {
		return now;
	}

	/**
	 * What {@code now()} said at the beginning of the turn.
	 */
	Instant turnTime() {
		return turnTime;
	}

	boolean isReplaying() {
		return replaying;
	}

	boolean isCancelRequested() {
		return cancelRequested;
	}

	boolean isClosed() {
		return closed;
	}

	int liveThreads() {
		return liveThreads.get();
	}

	/**
	 * Waits until what this turn knows is durable, before something that cannot be taken
	 * back.
	 */
	void requireDurableInput() {
		if (barrier == InputBarrier.OPEN) {
			return;
		}
		if (!scheduler.waitUnwatched(barrier::await)) {
			fate.unwind();
			throw new Unwind();
		}
		barrier = InputBarrier.OPEN;
	}

	boolean decidePatch(String id) {
		boolean taken = patches.decide(id, replaying);
		if (taken) {
			sink.issue(new TurnCommand.RecordPatch(id));
		}
		return taken;
	}

	/**
	 * Ends the run, to go on in another.
	 */
	void continueAsNew(String workflowType, @Nullable Object[] arguments) {
		end(closings.continued(workflowType, arguments, delivery.deliveredUpTo()));
	}

	/**
	 * What the last run returned that did.
	 * @return its result, or {@code null}
	 */
	@Nullable Payload lastResult() {
		return lastResult;
	}

	<T extends @Nullable Object> Promise<T> async(Supplier<? extends T> work, Scope scope) {
		SettablePromise<T> promise = new SettablePromise<>(this);
		spawn(scope, () -> runAsync(work, promise));
		return promise;
	}

	// What the machine asks

	/**
	 * Takes decisions from a history that is about to be replayed.
	 */
	void readDecisions(List<RecordedEvent> history) {
		for (RecordedEvent recorded : history) {
			locals.read(recorded.event());
			if (recorded.event() instanceof HistoryEvent.PatchRecorded patch) {
				patches.taken(patch.patchId());
			}
			else if (recorded.event() instanceof HistoryEvent.InputSkipped skip) {
				delivery.skip(skip.inputId());
			}
		}
		for (RecordedEvent recorded : history) {
			if (recorded.event() instanceof HistoryEvent.WorkflowTaskCompleted marker) {
				marker.unpatched().forEach(patches::notTaken);
			}
		}
	}

	/**
	 * Begins a turn. The instance is made before anything of the turn is known, so that
	 * it does not matter whether a query or a turn comes first.
	 */
	void beginTurn(CommandSink turnSink, boolean replay, Instant time, InputBarrier inputBarrier,
			LocalActivities localActivities) {
		replaying = replay;
		sink = turnSink;
		barrier = inputBarrier;
		locals.beginTurn(localActivities);
		updates.beginTurn();
		makeInstance();
		advance(time);
		turnTime = now;
	}

	void advance(Instant time) {
		if (time.isAfter(now)) {
			now = time;
		}
	}

	void endReplay() {
		replaying = false;
	}

	/**
	 * The workflow.
	 * @return the instance, or {@code null} if it cannot be made; the fate says why
	 */
	@Nullable Object makeInstance() {
		if (instance == null && !fate.isUnwinding()) {
			scheduler.runAlone(coroutine(root, MachineContext.Mode.CONSTRUCTOR, this::construct));
		}
		return instance;
	}

	void deliver(List<RecordedEvent> inputs, List<UpdateRequest> requests) {
		delivery.deliver(inputs, requests);
	}

	// What delivery asks

	void requestCancel(@Nullable String reason) {
		cancelRequested = true;
		root.cancel("The workflow was asked to stop" + ((reason != null) ? ": " + reason : ""));
	}

	Coroutine startSignal(WorkflowCode.Handler handler, @Nullable Object[] arguments) {
		updates.handlerBegins();
		return spawn(root, () -> runSignal(handler, arguments));
	}

	Coroutine startUpdate(Runnable work) {
		updates.handlerBegins();
		return spawn(root, work);
	}

	void startMain(@Nullable Object[] arguments) {
		spawn(root, () -> runMain(arguments));
	}

	boolean isContinuing() {
		return ending instanceof TurnCommand.ContinueAsNew;
	}

	/**
	 * Whether a turn shall end the run.
	 */
	boolean isEnding() {
		return ending != null;
	}

	void close() {
		if (ending != null) {
			locals.cancelAll("The workflow has ended");
			sink.issue(ending);
			closed = true;
		}
	}

	Coroutine coroutine(Function<Coroutine, RunContext> context, Runnable work) {
		return new Coroutine("workflow-" + info.workflowId(), fate, liveThreads, context, work);
	}

	private Coroutine spawn(Scope scope, Runnable work) {
		Coroutine coroutine = coroutine(scope, MachineContext.Mode.NORMAL, work);
		scheduler.add(coroutine);
		return coroutine;
	}

	private Coroutine coroutine(Scope scope, MachineContext.Mode mode, Runnable work) {
		return coroutine(self -> new MachineContext(this, self, scope, mode), work);
	}

	// What runs on coroutines

	private void construct() {
		try {
			instance = code.newInstance();
		}
		catch (Throwable ex) {
			fate.condemn(ex);
		}
	}

	private void runMain(@Nullable Object[] arguments) {
		TurnCommand.Closing end;
		try {
			end = closings.returned(code.run().invoke(target(), arguments));
		}
		catch (Throwable ex) {
			end = closings.threw(ex);
		}
		end(end);
	}

	private void runSignal(WorkflowCode.Handler handler, @Nullable Object[] arguments) {
		try {
			handler.invoke(target(), arguments);
		}
		catch (Throwable ex) {
			if (cancelRequested && Closings.cancellation(ex) != null) {
				// The handler stopped as it was asked to; the workflow method decides for
				// the run.
				return;
			}
			end(closings.threw(ex));
		}
		finally {
			updates.handlerEnds();
		}
	}

	private <T extends @Nullable Object> void runAsync(Supplier<? extends T> work, SettablePromise<T> promise) {
		try {
			promise.settle(new Outcome.Value(work.get()));
		}
		catch (Throwable ex) {
			if (ex instanceof Exception exception && !code.isBug(ex)) {
				promise.settle(new Outcome.Thrown(exception));
			}
			else {
				fate.condemn(ex);
			}
		}
	}

	/**
	 * The first end stands.
	 */
	private void end(TurnCommand.@Nullable Closing end) {
		if (ending == null) {
			ending = end;
		}
	}

	Object target() {
		if (instance == null) {
			throw new IllegalStateException("Expected the instance to be made before its methods are called");
		}
		return instance;
	}

}
