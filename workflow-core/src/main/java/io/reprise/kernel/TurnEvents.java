package io.reprise.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourRequest;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RaceOutcome;
import io.reprise.protocol.TurnCommand;
import org.jspecify.annotations.Nullable;

/**
 * What a turn's commands leave: one event each, in order. A turn that goes over a limit
 * fails its run instead; the worker should have refused it, so this is the last guard.
 */
final class TurnEvents {

	private final RunState state;

	private final DecisionContext context;

	private final Limits limits;

	private final Open activities;

	private final Open timers;

	/** Children and signals; what asked for them is not taken back. */
	private int children;

	private int signals;

	TurnEvents(RunState state, DecisionContext context) {
		this.state = state;
		this.context = context;
		limits = context.limits();
		activities = new Open(state.activities().keySet());
		timers = new Open(state.timers().keySet());
		children = state.neighbours().children().size();
		signals = signals(state.neighbours());
	}

	/** Requests to cancel are not limited. */
	private static int signals(Neighbours neighbours) {
		int count = 0;
		for (NeighbourRequest.Message message : neighbours.messages().values()) {
			count += (message instanceof NeighbourRequest.SignalExternalInitiated) ? 1 : 0;
		}
		return count;
	}

	List<HistoryEvent> of(List<TurnCommand> commands) {
		List<HistoryEvent> events = new ArrayList<>(commands.size());
		for (TurnCommand command : commands) {
			Failure excess = excess(command);
			if (excess != null) {
				events.add(new HistoryEvent.WorkflowFailed(excess));
				break;
			}
			events.add(event(command));
		}
		return fits(events) ? events : List.of(new HistoryEvent.WorkflowFailed(historyTooLarge()));
	}

	private HistoryEvent event(TurnCommand command) {
		return switch (command) {
			case TurnCommand.ScheduleActivity schedule -> {
				activities.add(schedule.activityId());
				yield new HistoryEvent.ActivityScheduled(schedule.activityId(), schedule.activityType(),
						schedule.arguments(), schedule.policy());
			}
			case TurnCommand.RequestCancelActivity cancel ->
				new HistoryEvent.ActivityCancelRequested(cancel.activityId(), activities.remove(cancel.activityId()));
			case TurnCommand.StartTimer start -> {
				timers.add(start.timerId());
				yield new HistoryEvent.TimerStarted(start.timerId(), due(start.delay()));
			}
			case TurnCommand.CancelTimer cancel ->
				new HistoryEvent.TimerCanceled(cancel.timerId(), timers.remove(cancel.timerId()));
			case TurnCommand.CompleteLocalActivity local -> new HistoryEvent.LocalActivityCompleted(local.activityId(),
					local.activityType(), local.arguments(), local.attempt(), micros(local.time()), local.result());
			case TurnCommand.FailLocalActivity local -> new HistoryEvent.LocalActivityFailed(local.activityId(),
					local.activityType(), local.arguments(), local.attempt(), micros(local.time()), local.failure());
			case TurnCommand.BackOffLocalActivity local -> {
				timers.add(local.activityId());
				yield new HistoryEvent.LocalActivityBackedOff(local.activityId(), local.activityType(), local.attempt(),
						micros(local.time()), local.failure(), due(local.delay()));
			}
			case TurnCommand.CancelLocalActivity local -> {
				timers.remove(local.activityId());
				yield new HistoryEvent.LocalActivityCanceled(local.activityId(), local.activityType());
			}
			case TurnCommand.Neighbour request -> request(request);
			case TurnCommand.RecordSideEffect sideEffect -> new HistoryEvent.SideEffectRecorded(sideEffect.value());
			case TurnCommand.RecordPatch patch -> new HistoryEvent.PatchRecorded(patch.patchId());
			case TurnCommand.CompleteUpdate update ->
				new HistoryEvent.UpdateCompleted(update.updateId(), update.result(), update.failure());
			case TurnCommand.SkipInput skip -> new HistoryEvent.InputSkipped(skip.inputId(), skip.reason());
			case TurnCommand.CompleteWorkflow complete -> new HistoryEvent.WorkflowCompleted(complete.result());
			case TurnCommand.FailWorkflow fail -> new HistoryEvent.WorkflowFailed(fail.failure());
			case TurnCommand.ContinueAsNew next -> new HistoryEvent.WorkflowContinuedAsNew(
					context.nextRuns().newRunId(), next.workflowType(), next.arguments());
			case TurnCommand.CancelWorkflow cancel -> new HistoryEvent.WorkflowCanceled((cancel.details() != null)
					? cancel.details() : new Failure.Canceled("The workflow was cancelled", null));
		};
	}

	private NeighbourRequest request(TurnCommand.Neighbour request) {
		return switch (request) {
			case TurnCommand.StartChild start -> {
				children++;
				yield new NeighbourRequest.StartChildWorkflowInitiated(start.childId(), start.workflowId(),
						Errands.runIdOf(state.key(), start.childId()), start.workflowType(), start.taskQueue(),
						start.arguments(), start.parentClosePolicy(), start.idReusePolicy());
			}
			case TurnCommand.SignalExternal signal -> {
				signals++;
				yield new NeighbourRequest.SignalExternalInitiated(signal.number(), signal.childId(),
						signal.workflowId(), runId(signal.childId()), signal.name(), signal.arguments());
			}
			case TurnCommand.CancelExternal cancel -> new NeighbourRequest.CancelExternalInitiated(cancel.number(),
					cancel.childId(), cancel.workflowId(), runId(cancel.childId()), cancel.reason());
		};
	}

	private String runId(int childId) {
		return (childId != 0) ? Errands.runIdOf(state.key(), childId) : "";
	}

	private Instant due(Duration delay) {
		return Times.storable(Times.plus(context.now(), delay));
	}

	private static Instant micros(Instant time) {
		return time.truncatedTo(ChronoUnit.MICROS);
	}

	private @Nullable Failure excess(TurnCommand command) {
		return switch (command) {
			case TurnCommand.ScheduleActivity schedule -> (activities.count() >= limits.pendingActivities())
					? tooManyPending("activities", limits.pendingActivities())
					: tooLarge("arguments of activity " + schedule.activityType(), schedule.arguments());
			case TurnCommand.StartTimer ignored ->
				(timers.count() >= limits.pendingTimers()) ? tooManyPending("timers", limits.pendingTimers()) : null;
			case TurnCommand.StartChild start ->
				(children >= limits.pendingRequests()) ? tooManyPending("children", limits.pendingRequests())
						: tooLarge("arguments of child workflow " + start.workflowType(), start.arguments());
			case TurnCommand.SignalExternal signal ->
				(signals >= limits.pendingRequests()) ? tooManyPending("signals to others", limits.pendingRequests())
						: tooLarge("arguments of signal " + signal.name(), signal.arguments());
			case TurnCommand.CancelExternal ignored -> null;
			case TurnCommand.RecordSideEffect sideEffect -> tooLarge("a side effect's value", sideEffect.value());
			case TurnCommand.CompleteLocalActivity local -> {
				Failure arguments = tooLarge("arguments of activity " + local.activityType(), local.arguments());
				yield (arguments != null) ? arguments
						: tooLarge("a result of activity " + local.activityType(), local.result());
			}
			case TurnCommand.FailLocalActivity local ->
				tooLarge("arguments of activity " + local.activityType(), local.arguments());
			case TurnCommand.BackOffLocalActivity ignored ->
				(timers.count() >= limits.pendingTimers()) ? tooManyPending("timers", limits.pendingTimers()) : null;
			case TurnCommand.CancelLocalActivity ignored -> null;
			case TurnCommand.CompleteUpdate update ->
				(update.result() != null) ? tooLarge("a result of an update", update.result()) : null;
			case TurnCommand.CompleteWorkflow complete -> tooLarge("a workflow result", complete.result());
			case TurnCommand.FailWorkflow ignored -> null;
			case TurnCommand.ContinueAsNew next -> tooLarge("arguments of the next run", next.arguments());
			case TurnCommand.CancelWorkflow ignored -> null;
			case TurnCommand.RequestCancelActivity ignored -> null;
			case TurnCommand.CancelTimer ignored -> null;
			case TurnCommand.RecordPatch ignored -> null;
			case TurnCommand.SkipInput ignored -> null;
		};
	}

	/**
	 * A turn that only closes is no larger than the failure that would replace it; one
	 * that continues as new is the way out.
	 */
	private boolean fits(List<HistoryEvent> events) {
		if (!events.isEmpty() && events.getLast() instanceof HistoryEvent.WorkflowContinuedAsNew) {
			return true;
		}
		if (events.size() == 1 && events.getFirst() instanceof HistoryEvent.Closing) {
			return true;
		}
		return state.lastEventId() + 1 + events.size() <= limits.historyEvents()
				&& context.historyBytes() + EventSize.of(events, limits) <= limits.historyBytes();
	}

	private Failure historyTooLarge() {
		return Failures.nonRetryable(Failures.HISTORY_TOO_LARGE,
				"Expected a history of at most %d events and %d bytes, but this turn would exceed it at event %d; do less in one run"
					.formatted(limits.historyEvents(), limits.historyBytes(), state.lastEventId()));
	}

	private @Nullable Failure tooLarge(String what, Payload payload) {
		return InputChecks.isTooLarge(payload, limits)
				? Failures.nonRetryable(Failures.PAYLOAD_TOO_LARGE, InputChecks.tooLarge(what, payload, limits)) : null;
	}

	private static Failure tooManyPending(String what, int limit) {
		return Failures.nonRetryable(Failures.TOO_MANY_PENDING,
				"Expected at most %d pending %s, but the workflow asked for more; wait for some of them first"
					.formatted(limit, what));
	}

	/**
	 * Targets that are open at a point of the turn.
	 */
	private static final class Open {

		private final Set<Integer> before;

		private final Set<Integer> added = new HashSet<>();

		private final Set<Integer> removed = new HashSet<>();

		private Open(Set<Integer> before) {
			this.before = before;
		}

		private void add(int number) {
			added.add(number);
		}

		private RaceOutcome remove(int number) {
			boolean open = added.remove(number) || (before.contains(number) && removed.add(number));
			return open ? RaceOutcome.APPLIED : RaceOutcome.LOST_RACE;
		}

		private int count() {
			return before.size() - removed.size() + added.size();
		}

	}

}
