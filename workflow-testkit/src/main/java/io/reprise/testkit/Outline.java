package io.reprise.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.reprise.protocol.EventAttributes;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow decided and was told, whatever the attempts and the turns it took.
 * Without timers: whether one is needed depends on what came first, a message or the
 * outcome of an attempt that a crash has delayed.
 *
 * @param lines a line for each such event, sorted
 */
record Outline(List<String> lines) {

	static final Outline NOTHING = new Outline(List.of());

	Outline {
		lines = lines.stream().sorted().toList();
	}

	static Outline of(RecordedHistory history) {
		List<String> lines = new ArrayList<>();
		for (RecordedEvent recorded : history.events()) {
			String line = line(recorded.event());
			if (line != null) {
				lines.add(line);
			}
		}
		return new Outline(lines);
	}

	private static @Nullable String line(HistoryEvent event) {
		Map<String, Object> attributes = EventAttributes.of(event);
		return switch (event) {
			case HistoryEvent.WorkflowTaskCompleted e -> null;
			case HistoryEvent.TurnContinued e -> null;
			case HistoryEvent.LocalActivityBackedOff e -> null;
			case HistoryEvent.TimerStarted e -> null;
			case HistoryEvent.TimerCanceled e -> null;
			case HistoryEvent.TimerFired e -> null;
			case HistoryEvent.SideEffectRecorded e -> "ran a side effect";
			case HistoryEvent.WorkflowStarted e -> "was started with " + attributes.get("arguments");
			case HistoryEvent.WorkflowSignaled e -> "got signal %s%s".formatted(e.name(), attributes.get("arguments"));
			case HistoryEvent.ActivityScheduled e ->
				"scheduled %s%s".formatted(e.activityType(), attributes.get("arguments"));
			case HistoryEvent.LocalActivityCompleted e ->
				"called %s%s".formatted(e.activityType(), attributes.get("arguments"));
			case HistoryEvent.LocalActivityFailed e ->
				"called in vain %s%s".formatted(e.activityType(), attributes.get("arguments"));
			case HistoryEvent.PatchRecorded e -> "took patch " + e.patchId();
			case HistoryEvent.WorkflowCompleted e -> "returned " + attributes.get("result");
			case HistoryEvent.WorkflowFailed e -> "failed with " + EventAttributes.failure(e.failure()).get("message");
			case HistoryEvent.Input e -> "saw " + EventAttributes.kind(event);
			default -> EventAttributes.kind(event);
		};
	}

	/**
	 * Activities of a run whose outcome is recorded.
	 * @param history the history
	 * @return their idempotency keys
	 */
	static Set<String> settledActivities(RecordedHistory history) {
		Set<String> keys = new HashSet<>();
		ExecutionKey key = history.key();
		for (RecordedEvent recorded : history.events()) {
			Object id = switch (recorded.event()) {
				case HistoryEvent.ActivityCompleted e -> e.activityId();
				case HistoryEvent.ActivityFailed e -> e.activityId();
				case HistoryEvent.ActivityTimedOut e -> e.activityId();
				case HistoryEvent.LocalActivityCompleted e -> e.activityId();
				case HistoryEvent.LocalActivityFailed e -> e.activityId();
				default -> "";
			};
			keys.add(key.runId() + ":" + id);
		}
		return keys;
	}

	static String lastEvent(RecordedHistory history) {
		RecordedEvent last = history.events().getLast();
		return "event %d of '%s', %s".formatted(last.id(), history.workflowId(), EventAttributes.kind(last.event()));
	}

	Outline and(Outline other) {
		List<String> both = new ArrayList<>(lines);
		both.addAll(other.lines);
		return new Outline(both);
	}

	/**
	 * What another outline lacks, and has more.
	 * @param actual the other one
	 * @return a sentence each
	 */
	List<String> differences(Outline actual) {
		List<String> differences = new ArrayList<>();
		List<String> more = new ArrayList<>(actual.lines);
		for (String line : lines) {
			if (!more.remove(line)) {
				differences.add("never " + line);
			}
		}
		more.forEach(line -> differences.add(line + ", as it did not before"));
		return differences;
	}

}
