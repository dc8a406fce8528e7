package io.reprise.replay;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

import io.reprise.ErrorCode;
import io.reprise.Promise;
import io.reprise.WorkflowException;
import io.reprise.WorkflowInfo;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TurnCommand;
import org.jspecify.annotations.Nullable;

/**
 * A run in memory: the instance of the workflow, and what its coroutines share. Delivers
 * inputs; knows nothing of where they come from and where commands go.
 */
final class WorkflowRun {

	private final WorkflowCode code;

	private final WorkflowInfo info;

	private final MachineServices services;

	private final Fate fate;

	private final Scheduler scheduler;

	private final AtomicInteger liveThreads = new AtomicInteger();

	private final Set<Long> skipped = new HashSet<>();

	private final PatchBook patches = new PatchBook();

	private final SplitMix64 numbers;

	private final RunRandom random = new RunRandom(this);

	private final Scope root = new Scope(this, null);

	private final Targets targets;

	private final SideEffects sideEffects = new SideEffects(this);

	private final Closings closings = new Closings(this);

	private CommandSink sink = new LiveSink();

	private boolean replaying;

	private Instant now;

	private @Nullable Object instance;

	private boolean cancelRequested;

	/** Messages of the turn that are still to be delivered. */
	private int messagesLeft;

	/** How the run ends, as soon as the turn's messages are delivered. */
	private TurnCommand.@Nullable Closing ending;

	private boolean closed;

	WorkflowRun(WorkflowCode code, WorkflowInfo info, MachineServices services, Fate fate, Scheduler scheduler) {
		this.code = code;
		this.info = info;
		this.services = services;
		this.fate = fate;
		this.scheduler = scheduler;
		numbers = SplitMix64.ofRun(info.runId());
		targets = new Targets(this, services);
		now = info.startTime();
	}

	// What contexts ask

	WorkflowCode code() {
		return code;
	}

	WorkflowInfo info() {
		return info;
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

	SideEffects sideEffects() {
		return sideEffects;
	}

	CommandSink sink() {
		return sink;
	}

	Instant now() {
		return now;
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

	boolean decidePatch(String id) {
		boolean taken = patches.decide(id, replaying);
		if (taken) {
			sink.issue(new TurnCommand.RecordPatch(id));
		}
		return taken;
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
			if (recorded.event() instanceof HistoryEvent.PatchRecorded patch) {
				patches.taken(patch.patchId());
			}
			else if (recorded.event() instanceof HistoryEvent.InputSkipped skip) {
				skipped.add(skip.inputId());
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
	void beginTurn(CommandSink turnSink, boolean replay, Instant time) {
		replaying = replay;
		sink = turnSink;
		makeInstance();
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

	/**
	 * Delivers the inputs of a turn: messages first, then the rest, each in order of id.
	 * After each the coroutines run until all are blocked.
	 * @param inputs the inputs in order of id
	 */
	void deliver(List<RecordedEvent> inputs) {
		messagesLeft = 0;
		for (RecordedEvent input : inputs) {
			messagesLeft += (input.event() instanceof HistoryEvent.Message) ? 1 : 0;
		}
		for (RecordedEvent input : inputs) {
			if (input.event() instanceof HistoryEvent.Message message && !isOver()) {
				messagesLeft--;
				receive(input.id(), message);
				scheduler.runUntilBlocked(this::isOver);
			}
		}
		for (RecordedEvent input : inputs) {
			if (!(input.event() instanceof HistoryEvent.Message) && !isOver()) {
				proceed(input.event());
				scheduler.runUntilBlocked(this::isOver);
			}
		}
		if (ending != null && !fate.isUnwinding()) {
			sink.issue(ending);
			closed = true;
		}
	}

	Coroutine coroutine(Function<Coroutine, RunContext> context, Runnable work) {
		return new Coroutine("workflow-" + info.workflowId(), fate, liveThreads, context, work);
	}

	/**
	 * Whether no more workflow code shall run. It goes on after the workflow method
	 * returned as long as messages of the turn are to be handled.
	 */
	private boolean isOver() {
		return fate.isUnwinding() || (ending != null && messagesLeft == 0);
	}

	private void receive(long id, HistoryEvent.Message message) {
		switch (message) {
			case HistoryEvent.WorkflowSignaled signal -> signal(id, signal);
			case HistoryEvent.WorkflowCancelRequested cancel -> {
				cancelRequested = true;
				root.cancel((cancel.reason() != null) ? "The workflow was asked to stop: " + cancel.reason()
						: "The workflow was asked to stop");
			}
		}
	}

	private void signal(long id, HistoryEvent.WorkflowSignaled signal) {
		WorkflowCode.Handler handler = code.signal(signal.name());
		if (skipped.contains(id)) {
			skip(id, "as recorded");
		}
		else if (handler == null) {
			skip(id, "Workflow '%s' has no signal '%s'".formatted(info.workflowType(), signal.name()));
		}
		else {
			@Nullable Object[] arguments;
			try {
				arguments = handler.decode(signal.arguments());
			}
			catch (RuntimeException ex) {
				skip(id, "The arguments of signal '%s' cannot be read: %s".formatted(signal.name(), ex.getMessage()));
				return;
			}
			spawn(root, () -> runSignal(handler, arguments));
		}
	}

	private void skip(long inputId, String reason) {
		sink.issue(new TurnCommand.SkipInput(inputId, reason));
	}

	private void proceed(HistoryEvent event) {
		if (event instanceof HistoryEvent.WorkflowStarted started) {
			@Nullable Object[] arguments = decode(started.arguments());
			spawn(root, () -> runMain(arguments));
		}
		else if (event instanceof HistoryEvent.Resolution resolution) {
			targets.resolve(resolution);
		}
	}

	private @Nullable Object[] decode(Payload arguments) {
		try {
			return code.run().decode(arguments);
		}
		catch (WorkflowException ex) {
			throw fate.bug(ex.code(), "Expected arguments that workflow '%s' can read, but it cannot: %s. "
				.formatted(info.workflowType(), ex.getMessage()) + "Make its parameters read what is recorded");
		}
	}

	private void spawn(Scope scope, Runnable work) {
		scheduler.add(coroutine(scope, MachineContext.Mode.NORMAL, work));
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
				// The handler stopped as it was asked to; the workflow method decides for the run.
				return;
			}
			end(closings.threw(ex));
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

	private Object target() {
		if (instance == null) {
			throw new IllegalStateException("Expected the instance to be made before its methods are called");
		}
		return instance;
	}

}
