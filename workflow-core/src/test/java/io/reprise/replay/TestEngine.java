package io.reprise.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.reprise.TimeoutType;
import io.reprise.WorkflowInfo;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourRequest;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RaceOutcome;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.UpdateRequest;
import io.reprise.protocol.WorkflowTask;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a history as the kernel would: appends inputs, and what commands leave.
 */
final class TestEngine {

	static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	static final ExecutionKey KEY = new ExecutionKey("default", "order-1", "run-1");

	static final WorkflowInfo INFO = new WorkflowInfo("default", "order-1", "run-1", "Test", "main", START);

	final List<RecordedEvent> history = new ArrayList<>();

	final TreeMap<Integer, String> activities = new TreeMap<>();

	final TreeMap<Integer, Instant> timers = new TreeMap<>();

	final Set<Integer> settled = new TreeSet<>();

	Instant now = START;

	long lastMarkerId;

	long seenUpTo;

	boolean closed;

	private int requests;

	private final List<UpdateRequest> updates = new ArrayList<>();

	void start(Object... arguments) {
		append(new HistoryEvent.WorkflowStarted("Test", "main", arguments(arguments), "start"));
	}

	void signal(String name, Object... arguments) {
		append(new HistoryEvent.WorkflowSignaled(name, arguments(arguments), "request-" + ++requests));
	}

	void rawSignal(String name, Payload arguments) {
		append(new HistoryEvent.WorkflowSignaled(name, arguments, "request-" + ++requests));
	}

	void cancel(@Nullable String reason) {
		append(new HistoryEvent.WorkflowCancelRequested(reason, "request-" + ++requests));
	}

	void complete(int activityId, @Nullable Object result) {
		close(activityId);
		append(new HistoryEvent.ActivityCompleted(activityId, 1, TestCode.CONVERTER.toPayload(result)));
	}

	void fail(int activityId, String type) {
		close(activityId);
		append(new HistoryEvent.ActivityFailed(activityId, 3,
				new Failure.Application(type, "it failed", null, false, null, null, null)));
	}

	void timeOut(int activityId) {
		close(activityId);
		append(new HistoryEvent.ActivityTimedOut(activityId, 2,
				new Failure.Timeout(TimeoutType.START_TO_CLOSE, "too slow", null, null)));
	}

	/** Fires a timer at its time, or now if that has passed. */
	void fire(int timerId) {
		Instant due = timers.remove(timerId);
		if (due == null) {
			throw new IllegalArgumentException("no timer " + timerId);
		}
		now = due.isAfter(now) ? due : now;
		settled.add(timerId);
		append(new HistoryEvent.TimerFired(timerId));
	}

	void pass(Duration time) {
		now = now.plus(time);
	}

	/** Comes with the next task, once. */
	void update(String id, String name, @Nullable Object argument) {
		updates.add(new UpdateRequest(id, name, TestCode.CONVERTER.toArguments(argument)));
	}

	void append(HistoryEvent event) {
		history.add(new RecordedEvent(history.size() + 1, now, event));
	}

	boolean hasUnseen() {
		return !unseen().isEmpty();
	}

	WorkflowTask task() {
		List<RecordedEvent> unseen = unseen();
		return new WorkflowTask(KEY, "Test", "main",
				new TaskToken(lastMarkerId, unseen.isEmpty() ? seenUpTo : unseen.getLast().id()), now, unseen, updates);
	}

	/**
	 * Takes the commands of a turn.
	 * @return the marker's id, or 0 if the turn must be run again
	 */
	long take(WorkflowTask task, TurnResult.Completed turn) {
		boolean closing = !turn.commands().isEmpty() && turn.commands().getLast() instanceof TurnCommand.Closing;
		boolean overlooked = unseen().stream()
			.anyMatch(e -> e.id() > task.token().seenUpTo() && e.event() instanceof HistoryEvent.Message);
		if (closing && overlooked && !(turn.commands().getLast() instanceof TurnCommand.ContinueAsNew)) {
			return 0;
		}
		append(new HistoryEvent.WorkflowTaskCompleted(task.token().seenUpTo(), turn.time(), turn.commands().size(),
				"build", turn.unpatched(), turn.updates().accepted()));
		lastMarkerId = history.size();
		updates.clear();
		seenUpTo = task.token().seenUpTo();
		turn.commands().forEach(command -> append(event(command)));
		if (!turn.underWay().isEmpty()) {
			append(new HistoryEvent.TurnContinued(turn.underWay()));
		}
		closed = closing;
		return lastMarkerId;
	}

	List<RecordedEvent> copy() {
		return List.copyOf(history);
	}

	private List<RecordedEvent> unseen() {
		return history.stream().filter(e -> e.id() > seenUpTo && e.event() instanceof HistoryEvent.Input).toList();
	}

	private HistoryEvent event(TurnCommand command) {
		return switch (command) {
			case TurnCommand.ScheduleActivity c -> {
				activities.put(c.activityId(), c.activityType());
				yield new HistoryEvent.ActivityScheduled(c.activityId(), c.activityType(), c.arguments(), c.policy());
			}
			case TurnCommand.RequestCancelActivity c -> new HistoryEvent.ActivityCancelRequested(c.activityId(),
					withdraw(activities.remove(c.activityId()) != null, c.activityId()));
			case TurnCommand.StartTimer c -> {
				Instant fireAt = now.plus(c.delay());
				timers.put(c.timerId(), fireAt);
				yield new HistoryEvent.TimerStarted(c.timerId(), fireAt);
			}
			case TurnCommand.CancelTimer c ->
				new HistoryEvent.TimerCanceled(c.timerId(), withdraw(timers.remove(c.timerId()) != null, c.timerId()));
			case TurnCommand.CompleteLocalActivity c -> new HistoryEvent.LocalActivityCompleted(c.activityId(),
					c.activityType(), c.arguments(), c.attempt(), c.time(), c.result());
			case TurnCommand.FailLocalActivity c -> new HistoryEvent.LocalActivityFailed(c.activityId(),
					c.activityType(), c.arguments(), c.attempt(), c.time(), c.failure());
			case TurnCommand.BackOffLocalActivity c -> {
				Instant retryAt = now.plus(c.delay());
				timers.put(c.activityId(), retryAt);
				yield new HistoryEvent.LocalActivityBackedOff(c.activityId(), c.activityType(), c.attempt(), c.time(),
						c.failure(), retryAt);
			}
			case TurnCommand.CancelLocalActivity c -> {
				timers.remove(c.activityId());
				yield new HistoryEvent.LocalActivityCanceled(c.activityId(), c.activityType());
			}
			case TurnCommand.StartChild c ->
				new NeighbourRequest.StartChildWorkflowInitiated(c.childId(), c.workflowId(), "child-" + c.childId(),
						c.workflowType(), c.taskQueue(), c.arguments(), c.parentClosePolicy(), c.idReusePolicy());
			case TurnCommand.SignalExternal c -> new NeighbourRequest.SignalExternalInitiated(c.number(), c.childId(),
					c.workflowId(), "", c.name(), c.arguments());
			case TurnCommand.CancelExternal c ->
				new NeighbourRequest.CancelExternalInitiated(c.number(), c.childId(), c.workflowId(), "", c.reason());
			case TurnCommand.RecordSideEffect c -> new HistoryEvent.SideEffectRecorded(c.value());
			case TurnCommand.RecordPatch c -> new HistoryEvent.PatchRecorded(c.patchId());
			case TurnCommand.CompleteUpdate c ->
				new HistoryEvent.UpdateCompleted(c.updateId(), c.result(), c.failure());
			case TurnCommand.SkipInput c -> new HistoryEvent.InputSkipped(c.inputId(), c.reason());
			case TurnCommand.CompleteWorkflow c -> new HistoryEvent.WorkflowCompleted(c.result());
			case TurnCommand.ContinueAsNew c ->
				new HistoryEvent.WorkflowContinuedAsNew("run-2", c.workflowType(), c.arguments());
			case TurnCommand.FailWorkflow c -> new HistoryEvent.WorkflowFailed(c.failure());
			case TurnCommand.CancelWorkflow c -> new HistoryEvent.WorkflowCanceled(
					(c.details() != null) ? c.details() : new Failure.Canceled(null, null));
		};
	}

	/** A target that was never open is a bug of the replayer, not a race. */
	private RaceOutcome withdraw(boolean wasOpen, int id) {
		if (!wasOpen && !settled.contains(id)) {
			throw new AssertionError("withdrew target " + id + ", which was never open");
		}
		settled.add(id);
		return wasOpen ? RaceOutcome.APPLIED : RaceOutcome.LOST_RACE;
	}

	private void close(int activityId) {
		if (activities.remove(activityId) == null) {
			throw new IllegalArgumentException("no activity " + activityId);
		}
		settled.add(activityId);
	}

	private static Payload arguments(Object... arguments) {
		return TestCode.CONVERTER.toArguments(arguments);
	}

}
