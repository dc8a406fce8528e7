package io.reprise.kernel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the kernel must be told to decide.
 *
 * @param now the database's time, cut to the microseconds that are stored
 * @param historyBytes size of the run's history as stored
 * @param limits what is allowed
 * @param nextRuns what is needed to let another run follow
 */
public record DecisionContext(Instant now, long historyBytes, Limits limits, NextRuns nextRuns) {

	public DecisionContext {
		now = now.truncatedTo(ChronoUnit.MICROS);
	}

	public DecisionContext(Instant now, long historyBytes, Limits limits) {
		this(now, historyBytes, limits, NextRuns.NONE);
	}

}
