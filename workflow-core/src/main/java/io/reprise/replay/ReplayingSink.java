package io.reprise.replay;

import java.util.List;
import java.util.function.Predicate;

import io.reprise.WorkflowInfo;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TurnCommand;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a workflow decides with the events that the same turn left.
 */
final class ReplayingSink implements CommandSink {

	private static final TurnCommand ANY_SIDE_EFFECT = new TurnCommand.RecordSideEffect(Payload.NULL);

	private final Fate fate;

	private final WorkflowInfo info;

	private final long markerId;

	private final List<RecordedEvent> events;

	private int next;

	/**
	 * For one turn.
	 * @param events what its commands left
	 */
	ReplayingSink(Fate fate, WorkflowInfo info, long markerId, List<RecordedEvent> events) {
		this.fate = fate;
		this.info = info;
		this.markerId = markerId;
		this.events = events;
	}

	@Override
	public void issue(TurnCommand command) {
		RecordedEvent head = head();
		if (head == null || !Matching.matches(head.event(), command)) {
			throw mismatch(head, CommandWords.of(command));
		}
		next++;
	}

	@Override
	public boolean isRecorded(TurnCommand command) {
		RecordedEvent head = head();
		return head != null && Matching.matches(head.event(), command) && Matching.sameArguments(head.event(), command);
	}

	@Override
	public Payload replayedSideEffect() {
		RecordedEvent head = head();
		if (head == null || !(head.event() instanceof HistoryEvent.SideEffectRecorded recorded)) {
			throw mismatch(head, CommandWords.of(ANY_SIDE_EFFECT));
		}
		next++;
		return recorded.value();
	}

	@Override
	public HistoryEvent.@Nullable LocalActivityOutcome replayedOutcome(
			Predicate<HistoryEvent.LocalActivityOutcome> expected) {
		RecordedEvent head = head();
		if (head == null || !(head.event() instanceof HistoryEvent.LocalActivityOutcome outcome)) {
			return null;
		}
		if (!expected.test(outcome)) {
			throw mismatch(head, null);
		}
		next++;
		return outcome;
	}

	@Override
	public HistoryEvent.@Nullable Closing recordedClosing() {
		if (events.isEmpty() || !(events.getLast().event() instanceof HistoryEvent.Closing closing)) {
			return null;
		}
		return closing;
	}

	/**
	 * To be asked at the end of the turn: is there anything it decided then and not now?
	 */
	void requireExhausted() {
		RecordedEvent head = head();
		if (head != null) {
			throw mismatch(head, null);
		}
	}

	/**
	 * The next event to match. Patches are none: their answers are known before replay
	 * begins, so that their calls may be moved or removed.
	 */
	private @Nullable RecordedEvent head() {
		while (next < events.size() && events.get(next).event() instanceof HistoryEvent.PatchRecorded) {
			next++;
		}
		return (next < events.size()) ? events.get(next) : null;
	}

	private List<String> words() {
		return events.stream().map(event -> CommandWords.of(event.event()) + " (event " + event.id() + ")").toList();
	}

	private NonDeterminismError mismatch(@Nullable RecordedEvent recorded, @Nullable String actual) {
		String expected = (recorded != null) ? CommandWords.of(recorded.event()) + " (event " + recorded.id() + ")"
				: "nothing more in the turn of event " + markerId;
		String line = (actual != null) ? SourceLine.ofCaller() : null;
		String found = (actual != null) ? "now it " + actual + Bugs.at(line)
				: "now it does nothing more in the turn of event " + markerId;
		return fate
			.nonDeterminism("Expected the code of workflow '%s' to repeat the history of %s (run %s): %s; but %s. "
				.formatted(info.workflowType(), info.workflowId(), info.runId(), expected, found)
					+ "The code has changed, or is not deterministic: guard the change with Workflows.patched(...), "
					+ "or deploy the former code", new Mismatch(markerId, words(), next, actual, line));
	}

}
