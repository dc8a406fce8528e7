package io.reprise.replay;

import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourRequest;
import io.reprise.protocol.TurnCommand;

/**
 * Commands, and the events they left, in words a developer knows. Both read alike, so
 * that they can be compared at a glance. No payloads.
 */
final class CommandWords {

	private CommandWords() {
	}

	static String of(TurnCommand command) {
		return switch (command) {
			case TurnCommand.ScheduleActivity c -> activity(c.activityType(), c.activityId());
			case TurnCommand.RequestCancelActivity c -> cancelActivity(c.activityId());
			case TurnCommand.StartTimer c -> timer(c.timerId());
			case TurnCommand.CancelTimer c -> cancelTimer(c.timerId());
			case TurnCommand.CompleteLocalActivity c -> local(c.activityType(), c.activityId());
			case TurnCommand.FailLocalActivity c -> local(c.activityType(), c.activityId());
			case TurnCommand.BackOffLocalActivity c -> local(c.activityType(), c.activityId());
			case TurnCommand.CancelLocalActivity c -> cancelLocal(c.activityType(), c.activityId());
			case TurnCommand.StartChild c -> child(c.workflowType(), c.childId());
			case TurnCommand.SignalExternal c -> signal(c.name(), c.workflowId(), c.number());
			case TurnCommand.CancelExternal c -> cancel(c.workflowId(), c.number());
			case TurnCommand.RecordSideEffect c -> "runs a side effect";
			case TurnCommand.RecordPatch c -> patch(c.patchId());
			case TurnCommand.CompleteUpdate c -> completeUpdate(c.updateId());
			case TurnCommand.SkipInput c -> skip(c.inputId(), c.reason());
			case TurnCommand.CompleteWorkflow c -> "returns";
			case TurnCommand.FailWorkflow c -> fail(c.failure());
			case TurnCommand.ContinueAsNew c -> "continues as a new " + c.workflowType();
			case TurnCommand.CancelWorkflow c -> "ends as cancelled";
		};
	}

	static String of(HistoryEvent event) {
		return switch (event) {
			case HistoryEvent.ActivityScheduled e -> activity(e.activityType(), e.activityId());
			case HistoryEvent.ActivityCancelRequested e -> cancelActivity(e.activityId());
			case HistoryEvent.TimerStarted e -> timer(e.timerId());
			case HistoryEvent.TimerCanceled e -> cancelTimer(e.timerId());
			case HistoryEvent.LocalActivityOutcome e -> local(e.activityType(), e.activityId());
			case HistoryEvent.LocalActivityCanceled e -> cancelLocal(e.activityType(), e.activityId());
			case NeighbourRequest.StartChildWorkflowInitiated e -> child(e.workflowType(), e.childId());
			case NeighbourRequest.SignalExternalInitiated e -> signal(e.name(), e.workflowId(), e.number());
			case NeighbourRequest.CancelExternalInitiated e -> cancel(e.workflowId(), e.number());
			case HistoryEvent.SideEffectRecorded e -> "runs a side effect";
			case HistoryEvent.PatchRecorded e -> patch(e.patchId());
			case HistoryEvent.UpdateCompleted e -> completeUpdate(e.updateId());
			case HistoryEvent.InputSkipped e -> skip(e.inputId(), e.reason());
			case HistoryEvent.WorkflowCompleted e -> "returns";
			case HistoryEvent.WorkflowFailed e -> fail(e.failure());
			case HistoryEvent.WorkflowCanceled e -> "ends as cancelled";
			case HistoryEvent.Input e -> "sees " + e.getClass().getSimpleName();
			case HistoryEvent.WorkflowTaskCompleted e -> "ends a turn";
			case HistoryEvent.WorkflowTerminated e -> "is terminated";
			case HistoryEvent.WorkflowContinuedAsNew e -> "continues as a new " + e.workflowType();
			case HistoryEvent.WorkflowTimedOut e -> "runs out of time";
		};
	}

	private static String activity(String type, int id) {
		return "schedules activity " + type + " (" + id + ")";
	}

	private static String cancelActivity(int id) {
		return "cancels activity (" + id + ")";
	}

	private static String local(String type, int id) {
		return "runs local activity " + type + " (" + id + ")";
	}

	private static String cancelLocal(String type, int id) {
		return "cancels local activity " + type + " (" + id + ")";
	}

	private static String child(String type, int id) {
		return "starts child workflow " + type + " (" + id + ")";
	}

	private static String signal(String name, String workflowId, int number) {
		return "signals '" + name + "' to workflow '" + workflowId + "' (" + number + ")";
	}

	private static String cancel(String workflowId, int number) {
		return "cancels workflow '" + workflowId + "' (" + number + ")";
	}

	private static String timer(int id) {
		return "starts a timer (" + id + ")";
	}

	private static String cancelTimer(int id) {
		return "cancels timer (" + id + ")";
	}

	private static String patch(String id) {
		return "takes patch '" + id + "'";
	}

	private static String completeUpdate(String id) {
		return "answers update '" + id + "'";
	}

	private static String skip(long inputId, String reason) {
		return "passes over input " + inputId + " (" + reason + ")";
	}

	private static String fail(Failure failure) {
		return (failure instanceof Failure.Application application) ? "fails with " + application.type()
				: "fails with " + failure.getClass().getSimpleName();
	}

}
