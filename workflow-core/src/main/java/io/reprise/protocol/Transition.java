package io.reprise.protocol;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The events that one transition appended; stored as one row.
 *
 * @param firstEventId id of the first event
 * @param time when they were recorded
 * @param events at least one event
 */
public record Transition(long firstEventId, Instant time, List<HistoryEvent> events) {

	public Transition {
		events = List.copyOf(events);
	}

	public List<RecordedEvent> recorded() {
		List<RecordedEvent> recorded = new ArrayList<>(events.size());
		for (int i = 0; i < events.size(); i++) {
			recorded.add(new RecordedEvent(firstEventId + i, time, events.get(i)));
		}
		return recorded;
	}

}
