package io.reprise.replay;

import java.util.Set;

import io.reprise.protocol.ClaimCheck;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourRequest;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;

/**
 * Whether a command is the one that left an event: kind, target and type of activity
 * count. Arguments, options, due times, results and the outcome of races do not, so that
 * they may change while runs are open.
 */
final class Matching {

	/** Encodings of arguments that no codec has touched. */
	private static final Set<String> PLAIN = Set.of(Payload.JSON, Payload.NULL.encoding(), "args");

	private Matching() {
	}

	static boolean matches(HistoryEvent event, TurnCommand command) {
		return switch (command) {
			case TurnCommand.ScheduleActivity c -> event instanceof HistoryEvent.ActivityScheduled e
					&& e.activityId() == c.activityId() && e.activityType().equals(c.activityType());
			case TurnCommand.RequestCancelActivity c ->
				event instanceof HistoryEvent.ActivityCancelRequested e && e.activityId() == c.activityId();
			case TurnCommand.StartTimer c -> event instanceof HistoryEvent.TimerStarted e && e.timerId() == c.timerId();
			case TurnCommand.CancelTimer c ->
				event instanceof HistoryEvent.TimerCanceled e && e.timerId() == c.timerId();
			case TurnCommand.CompleteLocalActivity c ->
				event instanceof HistoryEvent.LocalActivityCompleted e && isSame(e, c.activityId(), c.activityType());
			case TurnCommand.FailLocalActivity c ->
				event instanceof HistoryEvent.LocalActivityFailed e && isSame(e, c.activityId(), c.activityType());
			case TurnCommand.BackOffLocalActivity c ->
				event instanceof HistoryEvent.LocalActivityBackedOff e && isSame(e, c.activityId(), c.activityType());
			case TurnCommand.CancelLocalActivity c ->
				event instanceof HistoryEvent.LocalActivityCanceled e && isSame(e, c.activityId(), c.activityType());
			case TurnCommand.StartChild c -> event instanceof NeighbourRequest.StartChildWorkflowInitiated e
					&& e.childId() == c.childId() && e.workflowType().equals(c.workflowType());
			case TurnCommand.SignalExternal c -> event instanceof NeighbourRequest.SignalExternalInitiated e
					&& isSame(e, c, c.workflowId()) && e.name().equals(c.name());
			case TurnCommand.CancelExternal c ->
				event instanceof NeighbourRequest.CancelExternalInitiated e && isSame(e, c, c.workflowId());
			case TurnCommand.RecordSideEffect c -> event instanceof HistoryEvent.SideEffectRecorded;
			case TurnCommand.RecordPatch c ->
				event instanceof HistoryEvent.PatchRecorded e && e.patchId().equals(c.patchId());
			case TurnCommand.CompleteUpdate c ->
				event instanceof HistoryEvent.UpdateCompleted e && e.updateId().equals(c.updateId());
			case TurnCommand.SkipInput c -> event instanceof HistoryEvent.InputSkipped e && e.inputId() == c.inputId();
			case TurnCommand.CompleteWorkflow c -> event instanceof HistoryEvent.WorkflowCompleted;
			case TurnCommand.FailWorkflow c -> event instanceof HistoryEvent.WorkflowFailed;
			case TurnCommand.ContinueAsNew c ->
				event instanceof HistoryEvent.WorkflowContinuedAsNew e && e.workflowType().equals(c.workflowType());
			case TurnCommand.CancelWorkflow c -> event instanceof HistoryEvent.WorkflowCanceled;
		};
	}

	private static boolean isSame(HistoryEvent.LocalActivityEvent event, int activityId, String activityType) {
		return event.activityId() == activityId && event.activityType().equals(activityType);
	}

	private static boolean isSame(NeighbourRequest event, TurnCommand.Neighbour command, String workflowId) {
		return event.number() == command.number() && event.workflowId().equals(workflowId);
	}

	/**
	 * Whether arguments may be equal too, of an event and a command that match.
	 */
	static boolean sameArguments(HistoryEvent event, TurnCommand command) {
		if (event instanceof NeighbourRequest.StartChildWorkflowInitiated recorded
				&& command instanceof TurnCommand.StartChild issued) {
			return mayBeSame(recorded.arguments(), issued.arguments());
		}
		if (event instanceof NeighbourRequest.SignalExternalInitiated recorded
				&& command instanceof TurnCommand.SignalExternal issued) {
			return mayBeSame(recorded.arguments(), issued.arguments());
		}
		return !(event instanceof HistoryEvent.ActivityScheduled recorded)
				|| !(command instanceof TurnCommand.ScheduleActivity issued)
				|| mayBeSame(recorded.arguments(), issued.arguments());
	}

	/**
	 * Bytes tell nothing of what a codec made, nor of what is kept elsewhere; then the
	 * size must do, and across a change of codecs or keys nothing is left to compare.
	 */
	private static boolean mayBeSame(Payload recorded, Payload issued) {
		if (recorded.equals(issued)) {
			return true;
		}
		ClaimCheck.Ticket ticket = ClaimCheck.Ticket.of(recorded);
		String encoding = (ticket != null) ? ticket.encoding() : recorded.encoding();
		if (!encoding.equals(issued.encoding())) {
			return !PLAIN.contains(encoding) || !PLAIN.contains(issued.encoding());
		}
		return (ticket != null || !PLAIN.contains(encoding)) && ClaimCheck.sizeOf(recorded) == issued.size();
	}

}
