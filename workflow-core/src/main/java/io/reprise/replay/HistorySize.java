package io.reprise.replay;

import java.util.List;

import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TurnCommand;
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
		inputs.forEach((input) -> add(input.event()));
	}

	/**
	 * A turn has ended as it did before.
	 * @param left what its commands left
	 */
	void turnRepeated(List<RecordedEvent> left) {
		bytes += ENVELOPE;
		left.forEach((event) -> add(event.event()));
	}

	/**
	 * A turn has ended.
	 * @param commands its commands
	 */
	void turnEnded(List<TurnCommand> commands) {
		bytes += ENVELOPE;
		for (TurnCommand command : commands) {
			bytes += ENVELOPE + switch (command) {
				case TurnCommand.ScheduleActivity c -> c.arguments().size();
				case TurnCommand.RecordSideEffect c -> c.value().size();
				case TurnCommand.CompleteLocalActivity c -> c.arguments().size() + c.result().size();
				case TurnCommand.FailLocalActivity c -> c.arguments().size() + size(c.failure());
				case TurnCommand.BackOffLocalActivity c -> size(c.failure());
				default -> 0;
			};
		}
	}

	private void add(HistoryEvent event) {
		bytes += ENVELOPE + switch (event) {
			case HistoryEvent.WorkflowStarted e -> e.arguments().size();
			case HistoryEvent.WorkflowSignaled e -> e.arguments().size();
			case HistoryEvent.ActivityCompleted e -> e.result().size();
			case HistoryEvent.ActivityFailed e -> size(e.failure());
			case HistoryEvent.ActivityScheduled e -> e.arguments().size();
			case HistoryEvent.SideEffectRecorded e -> e.value().size();
			case HistoryEvent.LocalActivityCompleted e -> e.arguments().size() + e.result().size();
			case HistoryEvent.LocalActivityFailed e -> e.arguments().size() + size(e.failure());
			case HistoryEvent.LocalActivityBackedOff e -> size(e.failure());
			default -> 0;
		};
	}

	private static int size(@Nullable Failure failure) {
		int size = 0;
		for (Failure link = failure; link != null; link = link.cause()) {
			String message = link.message();
			size += (message != null) ? message.length() : 0;
			if (link instanceof Failure.Application application) {
				Payload details = application.details();
				size += (details != null) ? details.size() : 0;
				size += (application.stackTrace() != null) ? application.stackTrace().length() : 0;
			}
		}
		return size;
	}

}
