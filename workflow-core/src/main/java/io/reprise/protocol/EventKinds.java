package io.reprise.protocol;

/**
 * Names of the kinds of events. Stored; they never change, whatever becomes of the
 * classes.
 */
final class EventKinds {

	static final String WORKFLOW_STARTED = "WorkflowStarted";

	static final String WORKFLOW_SIGNALED = "WorkflowSignaled";

	static final String WORKFLOW_CANCEL_REQUESTED = "WorkflowCancelRequested";

	static final String ACTIVITY_COMPLETED = "ActivityCompleted";

	static final String ACTIVITY_FAILED = "ActivityFailed";

	static final String ACTIVITY_TIMED_OUT = "ActivityTimedOut";

	static final String TIMER_FIRED = "TimerFired";

	static final String WORKFLOW_TASK_COMPLETED = "WorkflowTaskCompleted";

	static final String ACTIVITY_SCHEDULED = "ActivityScheduled";

	static final String ACTIVITY_CANCEL_REQUESTED = "ActivityCancelRequested";

	static final String TIMER_STARTED = "TimerStarted";

	static final String TIMER_CANCELED = "TimerCanceled";

	static final String TURN_CONTINUED = "TurnContinued";

	static final String LOCAL_ACTIVITY_COMPLETED = "LocalActivityCompleted";

	static final String LOCAL_ACTIVITY_FAILED = "LocalActivityFailed";

	static final String LOCAL_ACTIVITY_BACKED_OFF = "LocalActivityBackedOff";

	static final String LOCAL_ACTIVITY_CANCELED = "LocalActivityCanceled";

	static final String SIDE_EFFECT_RECORDED = "SideEffectRecorded";

	static final String PATCH_RECORDED = "PatchRecorded";

	static final String UPDATE_COMPLETED = "UpdateCompleted";

	static final String INPUT_SKIPPED = "InputSkipped";

	static final String WORKFLOW_COMPLETED = "WorkflowCompleted";

	static final String WORKFLOW_FAILED = "WorkflowFailed";

	static final String WORKFLOW_CANCELED = "WorkflowCanceled";

	static final String WORKFLOW_TERMINATED = "WorkflowTerminated";

	static final String WORKFLOW_CONTINUED_AS_NEW = "WorkflowContinuedAsNew";

	static final String WORKFLOW_TIMED_OUT = "WorkflowTimedOut";

	static final String START_CHILD_WORKFLOW_INITIATED = "StartChildWorkflowInitiated";

	static final String SIGNAL_EXTERNAL_INITIATED = "SignalExternalInitiated";

	static final String CANCEL_EXTERNAL_INITIATED = "CancelExternalInitiated";

	static final String CHILD_WORKFLOW_STARTED = "ChildWorkflowStarted";

	static final String CHILD_WORKFLOW_START_FAILED = "ChildWorkflowStartFailed";

	static final String CHILD_WORKFLOW_COMPLETED = "ChildWorkflowCompleted";

	static final String CHILD_WORKFLOW_FAILED = "ChildWorkflowFailed";

	static final String CHILD_WORKFLOW_CANCELED = "ChildWorkflowCanceled";

	static final String CHILD_WORKFLOW_TIMED_OUT = "ChildWorkflowTimedOut";

	static final String CHILD_WORKFLOW_TERMINATED = "ChildWorkflowTerminated";

	static final String EXTERNAL_SIGNALED = "ExternalSignaled";

	static final String SIGNAL_EXTERNAL_FAILED = "SignalExternalFailed";

	static final String EXTERNAL_CANCEL_REQUESTED = "ExternalCancelRequested";

	static final String CANCEL_EXTERNAL_FAILED = "CancelExternalFailed";

	private EventKinds() {
	}

	static String of(HistoryEvent event) {
		return switch (event) {
			case HistoryEvent.WorkflowStarted e -> WORKFLOW_STARTED;
			case HistoryEvent.WorkflowSignaled e -> WORKFLOW_SIGNALED;
			case HistoryEvent.WorkflowCancelRequested e -> WORKFLOW_CANCEL_REQUESTED;
			case HistoryEvent.ActivityCompleted e -> ACTIVITY_COMPLETED;
			case HistoryEvent.ActivityFailed e -> ACTIVITY_FAILED;
			case HistoryEvent.ActivityTimedOut e -> ACTIVITY_TIMED_OUT;
			case HistoryEvent.TimerFired e -> TIMER_FIRED;
			case HistoryEvent.WorkflowTaskCompleted e -> WORKFLOW_TASK_COMPLETED;
			case HistoryEvent.ActivityScheduled e -> ACTIVITY_SCHEDULED;
			case HistoryEvent.ActivityCancelRequested e -> ACTIVITY_CANCEL_REQUESTED;
			case HistoryEvent.TimerStarted e -> TIMER_STARTED;
			case HistoryEvent.TimerCanceled e -> TIMER_CANCELED;
			case HistoryEvent.TurnContinued e -> TURN_CONTINUED;
			case HistoryEvent.LocalActivityCompleted e -> LOCAL_ACTIVITY_COMPLETED;
			case HistoryEvent.LocalActivityFailed e -> LOCAL_ACTIVITY_FAILED;
			case HistoryEvent.LocalActivityBackedOff e -> LOCAL_ACTIVITY_BACKED_OFF;
			case HistoryEvent.LocalActivityCanceled e -> LOCAL_ACTIVITY_CANCELED;
			case HistoryEvent.SideEffectRecorded e -> SIDE_EFFECT_RECORDED;
			case HistoryEvent.PatchRecorded e -> PATCH_RECORDED;
			case HistoryEvent.UpdateCompleted e -> UPDATE_COMPLETED;
			case HistoryEvent.InputSkipped e -> INPUT_SKIPPED;
			case HistoryEvent.WorkflowCompleted e -> WORKFLOW_COMPLETED;
			case HistoryEvent.WorkflowFailed e -> WORKFLOW_FAILED;
			case HistoryEvent.WorkflowCanceled e -> WORKFLOW_CANCELED;
			case HistoryEvent.WorkflowTerminated e -> WORKFLOW_TERMINATED;
			case HistoryEvent.WorkflowContinuedAsNew e -> WORKFLOW_CONTINUED_AS_NEW;
			case HistoryEvent.WorkflowTimedOut e -> WORKFLOW_TIMED_OUT;
			case NeighbourRequest.StartChildWorkflowInitiated e -> START_CHILD_WORKFLOW_INITIATED;
			case NeighbourRequest.SignalExternalInitiated e -> SIGNAL_EXTERNAL_INITIATED;
			case NeighbourRequest.CancelExternalInitiated e -> CANCEL_EXTERNAL_INITIATED;
			case NeighbourAnswer.ChildWorkflowStarted e -> CHILD_WORKFLOW_STARTED;
			case NeighbourAnswer.ChildWorkflowStartFailed e -> CHILD_WORKFLOW_START_FAILED;
			case NeighbourAnswer.ChildWorkflowCompleted e -> CHILD_WORKFLOW_COMPLETED;
			case NeighbourAnswer.ChildWorkflowFailed e -> CHILD_WORKFLOW_FAILED;
			case NeighbourAnswer.ChildWorkflowCanceled e -> CHILD_WORKFLOW_CANCELED;
			case NeighbourAnswer.ChildWorkflowTimedOut e -> CHILD_WORKFLOW_TIMED_OUT;
			case NeighbourAnswer.ChildWorkflowTerminated e -> CHILD_WORKFLOW_TERMINATED;
			case NeighbourAnswer.ExternalSignaled e -> EXTERNAL_SIGNALED;
			case NeighbourAnswer.SignalExternalFailed e -> SIGNAL_EXTERNAL_FAILED;
			case NeighbourAnswer.ExternalCancelRequested e -> EXTERNAL_CANCEL_REQUESTED;
			case NeighbourAnswer.CancelExternalFailed e -> CANCEL_EXTERNAL_FAILED;
		};
	}

}
