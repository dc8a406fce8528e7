package io.reprise.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.WorkflowInfo;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.LocalAttempt;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TurnUpdates;
import io.reprise.protocol.WorkflowTask;
import org.jspecify.annotations.Nullable;

/**
 * One run in memory: replays its history, runs its turns, answers its queries.
 * <p>
 * Threads: one thread drives at a time, which is checked; a virtual one is far quicker.
 * {@link #abandon}, {@link #runningThread()} and the getters may be called by any thread.
 * <p>
 * After a {@link TurnResult.Bug}, after {@link #abandon} and after a turn whose commands
 * were not accepted, the machine is of no further use: {@link #close()} it and replay on
 * a new one.
 */
public final class WorkflowMachine implements AutoCloseable {

	private final WorkflowCode code;

	private final WorkflowInfo info;

	private final Fate fate = new Fate();

	private final Scheduler scheduler;

	private final WorkflowRun run;

	private final AtomicBoolean driven = new AtomicBoolean();

	private volatile long lastMarkerId;

	/** What the last turn decided, until it is known to be durable. */
	private TurnResult.@Nullable Completed handedIn;

	private volatile boolean closed;

	/** Inputs up to this id have been delivered. */
	private volatile long deliveredUpTo;

	private boolean fresh = true;

	private boolean awaitsCommit;

	/**
	 * Makes a machine. No code of the workflow runs yet.
	 * @param code the code of the workflow type
	 * @param info which run
	 * @param services what it needs from outside
	 */
	public WorkflowMachine(WorkflowCode code, WorkflowInfo info, MachineServices services) {
		this(code, info, services, null);
	}

	/**
	 * Makes a machine for a run that follows others.
	 * @param code the code of the workflow type
	 * @param info which run
	 * @param services what it needs from outside
	 * @param lastResult what the last run returned that did, or {@code null}
	 */
	public WorkflowMachine(WorkflowCode code, WorkflowInfo info, MachineServices services,
			@Nullable Payload lastResult) {
		this.code = code;
		this.info = info;
		scheduler = new Scheduler(this, services.slices(), fate);
		run = new WorkflowRun(code, info, services, fate, scheduler, lastResult);
	}

	/**
	 * Repeats every completed turn of a history, on a new machine. Inputs that no turn
	 * has seen stay undelivered: they come with the next task.
	 * @param history all events from the first on
	 * @return what keeps the run from going on with this code, or {@code null}
	 */
	public TurnResult.@Nullable Bug replay(List<RecordedEvent> history) {
		drive();
		try {
			if (!fresh) {
				throw new IllegalStateException("Expected a new machine to replay on, but this one of " + info.runId()
						+ " has been used. Close it and make another");
			}
			fresh = false;
			run.readDecisions(history);
			guarded(() -> VirtualDriver.run(() -> new Replay(run, history).run(this::turnReplayed)));
			run.endReplay();
			return fate.bug();
		}
		finally {
			driven.set(false);
		}
	}

	/**
	 * Delivers the inputs of a task that have not been delivered, and runs the workflow
	 * until all of it waits.
	 * @param task the task; its token must name the last marker this machine knows
	 * @return what the workflow decided, or the bug that keeps it from going on
	 */
	public TurnResult turn(WorkflowTask task) {
		return turn(task, InputBarrier.OPEN, LocalActivities.NONE);
	}

	/**
	 * Like {@link #turn(WorkflowTask)}, for a task whose input may not be durable yet,
	 * with local activities. After {@link TurnResult.Waiting} the same task is run again.
	 * @param task the task
	 * @param barrier passed before anything that cannot be taken back; may be called on
	 * any thread of the workflow
	 * @param locals runs the local activities of this machine
	 * @return what the workflow decided, or the bug; of no meaning if the barrier said
	 * that the input is lost
	 */
	public TurnResult turn(WorkflowTask task, InputBarrier barrier, LocalActivities locals) {
		drive();
		try {
			requireNext(task);
			fresh = false;
			LiveSink sink = new LiveSink();
			if (!run.isClosed()) {
				guarded(() -> {
					run.beginTurn(sink, false, task.time(), barrier, locals);
					List<RecordedEvent> inputs = undelivered(task);
					run.historySize().turnBegins(task.token().seenUpTo(), inputs);
					run.deliver(inputs, task.updates());
				});
			}
			deliveredUpTo = Math.max(deliveredUpTo, task.token().seenUpTo());
			return result(sink, locals);
		}
		finally {
			driven.set(false);
		}
	}

	private TurnResult result(LiveSink sink, LocalActivities locals) {
		TurnResult.Bug bug = fate.bug();
		if (bug != null) {
			return bug;
		}
		List<LocalAttempt> underWay = run.locals().underWay();
		if (!underWay.isEmpty() && run.locals().isIdle() && !locals.isTurnWanted() && isUsable()) {
			return new TurnResult.Waiting();
		}
		awaitsCommit = true;
		TurnResult.Completed completed = new TurnResult.Completed(run.turnTime(), sink.commands(),
				run.patches().takeUnreported(), underWay, run.updates().ofTurn());
		handedIn = completed;
		return completed;
	}

	/**
	 * The last turn's commands are durable.
	 * @param markerId id of its marker
	 */
	public void committed(long markerId) {
		awaitsCommit = false;
		if (markerId != lastMarkerId && handedIn != null) {
			run.historySize().turnCommitted(markerId, handedIn.updates().accepted(), handedIn.commands());
		}
		handedIn = null;
		lastMarkerId = markerId;
	}

	/**
	 * The last turn this machine has in its state.
	 * @return id of its marker, 0 before the first; during and after a turn that is not
	 * committed yet, that of the turn before
	 */
	public long lastMarkerId() {
		return lastMarkerId;
	}

	/**
	 * The inputs that the run in memory has seen.
	 * @return id of the last of them
	 */
	public long deliveredUpTo() {
		return deliveredUpTo;
	}

	/**
	 * What the last turn made of its updates, also if it waits.
	 * @return what became of them
	 */
	public TurnUpdates turnUpdates() {
		return run.updates().ofTurn();
	}

	/**
	 * The update that was being delivered when a turn found a bug.
	 * @return its id, or {@code null} if the bug has nothing to do with the updates of
	 * the turn
	 */
	public @Nullable String updateAtHand() {
		return run.updates().atHand();
	}

	/**
	 * Asks a query, between turns, before the first and after the last.
	 * @param name name of the query
	 * @param arguments its arguments
	 * @return the answer
	 * @throws WorkflowException with {@code UNKNOWN_QUERY}, {@code DECODING_FAILED},
	 * {@code QUERY_NOT_READ_ONLY} if it did more than look, or {@code QUERY_FAILED} if it
	 * threw, hung, or the workflow is broken
	 */
	public Payload query(String name, Payload arguments) {
		drive();
		try {
			WorkflowCode.Handler handler = code.query(name);
			if (handler == null) {
				throw new WorkflowException(ErrorCode.UNKNOWN_QUERY,
						"Expected workflow '%s' to have a query '%s', but it has none of this name. Look for @Workflow.Query"
							.formatted(info.workflowType(), name));
			}
			Object instance = run.makeInstance();
			if (instance == null || fate.isUnwinding()) {
				throw broken(name);
			}
			QueryCall call = new QueryCall(run, instance, name, handler, arguments);
			scheduler.runAlone(call.coroutine());
			return call.answer();
		}
		finally {
			driven.set(false);
		}
	}

	/**
	 * Whether the workflow method has ended, however.
	 * @return {@code true} after a turn that ended the run, or its replay
	 */
	public boolean isClosed() {
		return run.isClosed();
	}

	/**
	 * Whether the machine can still run turns: no bug was found and it is not closed.
	 * @return {@code false} if it should be closed and made anew
	 */
	public boolean isUsable() {
		return !fate.isUnwinding();
	}

	/**
	 * Where the code and the history part, after a bug of that kind.
	 * @return the place, or {@code null} if they have not
	 */
	public @Nullable Mismatch mismatch() {
		return fate.mismatch();
	}

	/**
	 * The thread of the workflow that is running just now.
	 * @return the thread, or {@code null} if no workflow code runs
	 */
	public @Nullable Thread runningThread() {
		Coroutine running = scheduler.running();
		return (running != null) ? running.thread() : null;
	}

	/**
	 * Frees the driver although workflow code does not give the baton back: the call that
	 * drives returns at once, {@link #turn} and {@link #replay} with a bug. The hung
	 * thread is left to itself; it is unwound at its next call, and what it does counts
	 * no more.
	 * @param bugCode what kind of bug
	 * @param message what happened, with the stack of {@link #runningThread()}
	 * @return {@code false} if no workflow code was running any more; nothing happened
	 * then
	 */
	public boolean abandon(ErrorCode bugCode, String message) {
		Coroutine running = scheduler.running();
		return running != null && running.abandon(new TurnResult.Bug(bugCode, message));
	}

	/**
	 * Removes the run from memory: all of its threads are unwound, and nothing is emitted
	 * meanwhile. Threads that refuse to end are given up. Closing again does nothing.
	 */
	@Override
	public void close() {
		if (closed) {
			return;
		}
		drive();
		try {
			closed = true;
			fate.unwind();
			scheduler.unwindAll();
		}
		finally {
			driven.set(false);
		}
	}

	/**
	 * The number of threads that have begun and not ended.
	 */
	int liveThreads() {
		return run.liveThreads();
	}

	private void turnReplayed(long markerId, long seenUpTo) {
		lastMarkerId = markerId;
		deliveredUpTo = seenUpTo;
	}

	private void requireNext(WorkflowTask task) {
		if (awaitsCommit || task.token().lastMarkerId() != lastMarkerId) {
			throw new IllegalStateException(
					"Expected a turn of %s after marker %d, %s, but the task's token names marker %d. Close this machine and replay"
						.formatted(task.key(), lastMarkerId,
								awaitsCommit ? "whose successor is not committed" : "the last one known",
								task.token().lastMarkerId()));
		}
	}

	private List<RecordedEvent> undelivered(WorkflowTask task) {
		List<RecordedEvent> inputs = new ArrayList<>(task.inputs().size());
		for (RecordedEvent input : task.inputs()) {
			if (input.id() > deliveredUpTo && input.id() <= task.token().seenUpTo()
					&& input.event() instanceof HistoryEvent.Input) {
				inputs.add(input);
			}
		}
		return inputs;
	}

	/**
	 * Runs what drives coroutines. What is thrown here comes from delivering an input,
	 * and concerns this run alone.
	 */
	private void guarded(Runnable work) {
		try {
			if (!fate.isUnwinding()) {
				work.run();
			}
		}
		catch (Throwable ex) {
			fate.condemn(ex);
		}
	}

	private void drive() {
		if (!driven.compareAndSet(false, true)) {
			throw new IllegalStateException("Expected one thread at a time to drive the machine of " + info.runId()
					+ ", but another is driving it");
		}
	}

	private WorkflowException broken(String query) {
		TurnResult.Bug bug = fate.bug();
		return new WorkflowException(ErrorCode.QUERY_FAILED,
				"Expected a workflow that can answer query '%s', but %s (run %s) %s".formatted(query, info.workflowId(),
						info.runId(), (bug != null) ? "is stalled: " + bug.message() : "has been removed from memory"));
	}

}
