package io.reprise.replay;

import java.util.List;

import io.reprise.protocol.ClaimCheck;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourAnswer;
import io.reprise.protocol.NeighbourRequest;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.UpdateRequest;
import org.jspecify.annotations.Nullable;

/**
 * How large a history has become, as far as its workflow may know: what came before the
 * turn at hand, its inputs included. At replay it says the same, so it is counted from
 * what turns see and decide, not from what is stored.
 */
final class HistorySize {

	/** Names, numbers and punctuation of one event. */
	private static final int ENVELOPE = 100;

	private long events;

	private long bytes;

	long events() {
		return events;
	}

	long bytes() {
		return bytes;
	}

	/**
	 * A turn begins.
	 * @param seenUpTo id of the last input that it sees
	 * @param inputs its inputs
	 */
	void turnBegins(long seenUpTo, List<RecordedEvent> inputs) {
		events = Math.max(events, seenUpTo);
		inputs.forEach((input) -> bytes += ENVELOPE + size(input.event()));
	}

	/**
	 * A turn has ended as it did before.
	 * @param markerId id of its marker
	 * @param accepted the updates that it accepted
	 * @param left what its commands left
	 */
	void turnRepeated(long markerId, List<UpdateRequest> accepted, List<RecordedEvent> left) {
		marked(markerId, accepted, left.size());
		left.forEach((event) -> bytes += ENVELOPE + size(event.event()));
	}

	/**
	 * A turn has left a marker.
	 * @param markerId id of the marker
	 * @param accepted the updates that it accepted
	 * @param commands its commands
	 */
	void turnCommitted(long markerId, List<UpdateRequest> accepted, List<TurnCommand> commands) {
		marked(markerId, accepted, commands.size());
		commands.forEach((command) -> bytes += ENVELOPE + size(command));
	}

	private void marked(long markerId, List<UpdateRequest> accepted, int commands) {
		events = Math.max(events, markerId + commands);
		bytes += ENVELOPE;
		accepted.forEach((update) -> bytes += ENVELOPE + size(update.arguments()));
	}

	private static long size(TurnCommand command) {
		return switch (command) {
			case TurnCommand.ScheduleActivity c -> size(c.arguments());
			case TurnCommand.RecordSideEffect c -> size(c.value());
			case TurnCommand.CompleteLocalActivity c -> size(c.arguments()) + size(c.result());
			case TurnCommand.FailLocalActivity c -> size(c.arguments()) + size(c.failure());
			case TurnCommand.BackOffLocalActivity c -> size(c.failure());
			case TurnCommand.CompleteUpdate c -> size(c.result()) + size(c.failure());
			case TurnCommand.StartChild c -> size(c.arguments());
			case TurnCommand.SignalExternal c -> size(c.arguments());
			case TurnCommand.CancelExternal ignored -> 0;
			case TurnCommand.RequestCancelActivity ignored -> 0;
			case TurnCommand.StartTimer ignored -> 0;
			case TurnCommand.CancelTimer ignored -> 0;
			case TurnCommand.CancelLocalActivity ignored -> 0;
			case TurnCommand.RecordPatch ignored -> 0;
			case TurnCommand.SkipInput ignored -> 0;
			// Nobody asks after the end
			case TurnCommand.Closing ignored -> 0;
		};
	}

	private static long size(HistoryEvent event) {
		return switch (event) {
			case HistoryEvent.WorkflowStarted e -> size(e.arguments());
			case HistoryEvent.WorkflowSignaled e -> size(e.arguments());
			case HistoryEvent.ActivityCompleted e -> size(e.result());
			case HistoryEvent.ActivityFailed e -> size(e.failure());
			case NeighbourAnswer.ChildWorkflowCompleted e -> size(e.result());
			case NeighbourAnswer.ChildWorkflowFailed e -> size(e.failure());
			case HistoryEvent.ActivityScheduled e -> size(e.arguments());
			case HistoryEvent.SideEffectRecorded e -> size(e.value());
			case HistoryEvent.LocalActivityCompleted e -> size(e.arguments()) + size(e.result());
			case HistoryEvent.LocalActivityFailed e -> size(e.arguments()) + size(e.failure());
			case HistoryEvent.LocalActivityBackedOff e -> size(e.failure());
			case HistoryEvent.UpdateCompleted e -> size(e.result()) + size(e.failure());
			case NeighbourRequest.StartChildWorkflowInitiated e -> size(e.arguments());
			case NeighbourRequest.SignalExternalInitiated e -> size(e.arguments());
			// The rest has no payload worth counting
			default -> 0;
		};
	}

	/** The same whether it is there or was left out of the history. */
	private static long size(@Nullable Payload payload) {
		return (payload != null) ? ClaimCheck.originalSize(payload) : 0;
	}

	private static long size(@Nullable Failure failure) {
		long size = 0;
		for (Failure link = failure; link != null; link = link.cause()) {
			String message = link.message();
			size += (message != null) ? message.length() : 0;
			if (link instanceof Failure.Application application) {
				size += size(application.details());
				size += (application.stackTrace() != null) ? application.stackTrace().length() : 0;
			}
		}
		return size;
	}

}
