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
		};
	}

}
