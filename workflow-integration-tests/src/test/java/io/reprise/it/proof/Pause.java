package io.reprise.it.proof;

import java.time.Duration;
import java.util.List;

import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Transition;

/**
 * A time in which a run stood still.
 *
 * @param before what it did last
 * @param after what it did next
 */
record Pause(Transition before, Transition after) implements Comparable<Pause> {

	Duration length() {
		return Duration.between(before.time(), after.time());
	}

	@Override
	public int compareTo(Pause other) {
		return length().compareTo(other.length());
	}

	@Override
	public String toString() {
		return "%d ms from %s %s to %s %s".formatted(length().toMillis(), before.time(), names(before), after.time(),
				names(after));
	}

	private static List<String> names(Transition transition) {
		return transition.events().stream().map(HistoryEvent::getClass).map(Class::getSimpleName).toList();
	}

}
