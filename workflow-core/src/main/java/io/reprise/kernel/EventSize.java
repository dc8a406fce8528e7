package io.reprise.kernel;

import java.util.List;

import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourRequest;
import io.reprise.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how much a turn's events add to a stored history. The exact size is known
 * once they are written; a limit needs it before, and need not have it to the byte.
 */
final class EventSize {

	/** Names, numbers and punctuation of one event. */
	private static final int ENVELOPE = 100;

	/** Names and numbers of a policy. */
	private static final int POLICY = 200;

	private EventSize() {
	}

	static long of(List<HistoryEvent> events, Limits limits) {
		long size = ENVELOPE;
		for (HistoryEvent event : events) {
			size += ENVELOPE + content(event, limits.claimCheckBytes());
		}
		return size;
	}

	private static long content(HistoryEvent event, int above) {
		return switch (event) {
			case HistoryEvent.TurnContinued continued -> (long) ENVELOPE * continued.underWay().size();
			case HistoryEvent.Input ignored -> 0;
			case HistoryEvent.WorkflowTaskCompleted ignored -> 0;
			case HistoryEvent.ActivityScheduled scheduled ->
				scheduled.activityType().length() + POLICY + size(scheduled.arguments(), above);
			case HistoryEvent.ActivityCancelRequested ignored -> 0;
			case HistoryEvent.TimerStarted ignored -> 0;
			case HistoryEvent.TimerCanceled ignored -> 0;
			case HistoryEvent.LocalActivityCompleted local ->
				local.activityType().length() + size(local.arguments(), above) + size(local.result(), above);
			case HistoryEvent.LocalActivityFailed local ->
				local.activityType().length() + size(local.arguments(), above) + size(local.failure(), above);
			case HistoryEvent.LocalActivityBackedOff local ->
				local.activityType().length() + size(local.failure(), above);
			case HistoryEvent.LocalActivityCanceled local -> local.activityType().length();
			case NeighbourRequest request -> size(request, above);
			case HistoryEvent.SideEffectRecorded sideEffect -> size(sideEffect.value(), above);
			case HistoryEvent.PatchRecorded patch -> patch.patchId().length();
			case HistoryEvent.UpdateCompleted completed ->
				completed.updateId().length() + size(completed.result(), above) + size(completed.failure(), above);
			case HistoryEvent.InputSkipped skipped -> skipped.reason().length();
			case HistoryEvent.WorkflowCompleted completed -> size(completed.result(), above);
			case HistoryEvent.WorkflowFailed failed -> size(failed.failure(), above);
			case HistoryEvent.WorkflowCanceled canceled -> size(canceled.failure(), above);
			case HistoryEvent.WorkflowTerminated terminated -> terminated.reason().length();
			case HistoryEvent.WorkflowContinuedAsNew continued -> size(continued.arguments(), above);
			case HistoryEvent.WorkflowTimedOut timedOut -> size(timedOut.failure(), above);
		};
	}

	private static long size(NeighbourRequest request, int above) {
		return switch (request) {
			case NeighbourRequest.StartChildWorkflowInitiated start ->
				start.workflowId().length() + start.workflowType().length() + size(start.arguments(), above);
			case NeighbourRequest.SignalExternalInitiated signal ->
				signal.workflowId().length() + signal.name().length() + size(signal.arguments(), above);
			case NeighbourRequest.CancelExternalInitiated cancel ->
				cancel.workflowId().length() + length(cancel.reason());
		};
	}

	private static long size(@Nullable Failure failure, int above) {
		long size = 0;
		for (Failure f = failure; f != null; f = f.cause()) {
			size += ENVELOPE + length(f.message());
			if (f instanceof Failure.Application application) {
				size += length(application.stackTrace()) + size(application.details(), above);
			}
		}
		return size;
	}

	private static long size(@Nullable Payload payload, int above) {
		if (payload == null) {
			return 0;
		}
		if (payload.size() > above) {
			// It leaves a ticket
			return ENVELOPE;
		}
		// quotes are escaped in text, anything else becomes base 64
		return payload.size() + payload.size() / (payload.encoding().equals(Payload.JSON) ? 8L : 3L);
	}

	private static long length(@Nullable String text) {
		return (text != null) ? text.length() : 0;
	}

}
