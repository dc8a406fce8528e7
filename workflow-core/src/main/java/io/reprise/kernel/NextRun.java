package io.reprise.kernel;

import java.util.List;

import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;

/**
 * A run to be created in the transaction that closes the one before it.
 *
 * @param key the new run
 * @param events how its history begins
 * @param overlay its overlay
 */
public record NextRun(ExecutionKey key, List<HistoryEvent> events, RunOverlay overlay) {

	public NextRun {
		events = List.copyOf(events);
	}

}
