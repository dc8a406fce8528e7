package io.reprise.replay;

import java.util.ArrayList;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.RecordedEvent;

/**
 * Repeats the turns of a history: delivers to each what it had seen then, and compares
 * what it decides.
 */
final class Replay {

	private final WorkflowRun run;

	private final List<RecordedEvent> history;

	private List<RecordedEvent> unseen = new ArrayList<>();

	Replay(WorkflowRun run, List<RecordedEvent> history) {
		this.run = run;
		this.history = history;
	}

	/**
	 * Repeats all turns.
	 * @param listener told of each
	 */
	void run(TurnListener listener) {
		for (int i = 0; i < history.size(); i++) {
			RecordedEvent recorded = history.get(i);
			if (recorded.event() instanceof HistoryEvent.Input) {
				unseen.add(recorded);
			}
			else if (recorded.event() instanceof HistoryEvent.WorkflowTaskCompleted marker) {
				repeat(recorded.id(), marker, commands(i, marker));
				if (run.fate().isUnwinding()) {
					return;
				}
				listener.turnReplayed(recorded.id(), marker.seenUpTo());
			}
		}
	}

	private void repeat(long markerId, HistoryEvent.WorkflowTaskCompleted marker, List<RecordedEvent> commands) {
		ReplayingSink sink = new ReplayingSink(run.fate(), run.info(), markerId, commands);
		run.beginTurn(sink, true, marker.time(), InputBarrier.OPEN, LocalActivities.NONE);
		List<RecordedEvent> seen = takeSeen(marker.seenUpTo());
		run.historySize().turnBegins(marker.seenUpTo(), seen);
		run.deliver(seen, marker.updates());
		if (!run.fate().isUnwinding()) {
			sink.requireExhausted();
			run.historySize().turnRepeated(markerId, marker.updates(), commands);
		}
	}

	private List<RecordedEvent> commands(int markerIndex, HistoryEvent.WorkflowTaskCompleted marker) {
		int first = markerIndex + 1;
		int end = first + marker.commandCount();
		if (end > history.size()) {
			throw run.fate()
				.bug(ErrorCode.UNREADABLE_HISTORY,
						"Expected %d events of the commands of marker %d of %s (run %s), but the history ends after %d"
							.formatted(marker.commandCount(), history.get(markerIndex).id(), run.info().workflowId(),
									run.info().runId(), history.size() - first));
		}
		return history.subList(first, end);
	}

	private List<RecordedEvent> takeSeen(long seenUpTo) {
		List<RecordedEvent> seen = new ArrayList<>(unseen.size());
		List<RecordedEvent> later = new ArrayList<>();
		for (RecordedEvent input : unseen) {
			((input.id() <= seenUpTo) ? seen : later).add(input);
		}
		unseen = later;
		return seen;
	}

	/**
	 * Is told what has been repeated.
	 */
	@FunctionalInterface
	interface TurnListener {

		void turnReplayed(long markerId, long seenUpTo);

	}

}
