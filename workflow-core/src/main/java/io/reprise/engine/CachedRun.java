package io.reprise.engine;

import io.reprise.kernel.Run;
import io.reprise.spi.RunRecord;

/**
 * A run as last seen in the store.
 *
 * @param record its record
 * @param run its state and overlay
 * @param sinceSnapshot transitions since its last snapshot
 * @param messagesSeen how many messages were ever left for it, all of which it has taken
 */
record CachedRun(RunRecord record, Run run, int sinceSnapshot, long messagesSeen) {

	boolean isOpen() {
		return !run.state().isClosed();
	}

}
