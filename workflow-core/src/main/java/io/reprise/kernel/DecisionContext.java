package io.reprise.kernel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the kernel must be told to decide.
 *
 * @param now the database's time, cut to the microseconds that are stored
 * @param historyBytes size of the run's history as stored
 * @param limits what is allowed
 */
public record DecisionContext(Instant now, long historyBytes, Limits limits) {

	public DecisionContext {
		now = now.truncatedTo(ChronoUnit.MICROS);
	}

}
