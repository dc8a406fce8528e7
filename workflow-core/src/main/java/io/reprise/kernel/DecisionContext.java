package io.reprise.kernel;

import java.time.Instant;

/**
 * What the kernel must be told to decide.
 *
 * @param now the database's time
 * @param historyBytes size of the run's history as stored
 * @param limits what is allowed
 */
public record DecisionContext(Instant now, long historyBytes, Limits limits) {

}
