package io.reprise.protocol;

import java.time.Instant;

import io.reprise.Lifetime;
import org.jspecify.annotations.Nullable;

/**
 * What a run's start says beyond the usual. Most runs have none.
 *
 * @param lifetime time-outs, retries and repetition; its start delay is always zero
 * @param firstTurnAt when the first turn is due, {@code null} for at once
 * @param chain the runs before it, {@code null} for the first
 */
public record RunTerms(Lifetime lifetime, @Nullable Instant firstTurnAt, @Nullable RunChain chain) {

}
