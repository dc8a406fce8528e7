package io.reprise.engine;

import java.time.Duration;

import io.reprise.kernel.Limits;

/**
 * How an engine works.
 *
 * @param lanes how many lanes decide and commit at the same time; each uses one
 * connection
 * @param maximumBatch commands that one commit takes at most
 * @param cachedRuns how many runs' states are kept in memory
 * @param clockSync how often the store's clock is asked; zero asks it every time
 * @param lease how long this node counts as alive without renewal
 * @param sweepInterval how often due runs, messages of other nodes and gone nodes are
 * looked for; {@link #NEVER} says that no other node shares the store
 * @param clientTimeout how long a client's command waits for a store that cannot be
 * reached
 * @param retention how long closed runs are kept, or zero for ever
 * @param retentionInterval how often closed runs are swept
 * @param limits what a run may use
 */
public record EngineSettings(int lanes, int maximumBatch, int cachedRuns, Duration clockSync, Duration lease,
		Duration sweepInterval, Duration clientTimeout, Duration retention, Duration retentionInterval, Limits limits) {

	/**
	 * The interval of what is not to happen from time to time, where time may fly. An
	 * engine that does not look for what others leave has no others beside it.
	 */
	public static final Duration NEVER = Duration.ofDays(1_000_000);

	/**
	 * Settings for a service of usual size.
	 * @return the defaults
	 */
	public static EngineSettings defaults() {
		// More make smaller batches, which cost more for each transition
		int lanes = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
		return new EngineSettings(lanes, 256, 10_000, Duration.ofSeconds(5), Duration.ofSeconds(15),
				Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofDays(30), Duration.ofMinutes(10),
				Limits.DEFAULT);
	}

	/**
	 * Whether other nodes may share the store.
	 * @return {@code false} if nothing is ever looked for
	 */
	boolean mayHaveOthers() {
		return sweepInterval.compareTo(NEVER) < 0;
	}

	public EngineSettings withRetention(Duration period, Duration interval) {
		return new EngineSettings(lanes, maximumBatch, cachedRuns, clockSync, lease, sweepInterval, clientTimeout,
				period, interval, limits);
	}

	public EngineSettings withClockSync(Duration interval) {
		return new EngineSettings(lanes, maximumBatch, cachedRuns, interval, lease, sweepInterval, clientTimeout,
				retention, retentionInterval, limits);
	}

	public EngineSettings withLimits(Limits changed) {
		return new EngineSettings(lanes, maximumBatch, cachedRuns, clockSync, lease, sweepInterval, clientTimeout,
				retention, retentionInterval, changed);
	}

	public EngineSettings withLease(Duration changed) {
		return new EngineSettings(lanes, maximumBatch, cachedRuns, clockSync, changed, sweepInterval, clientTimeout,
				retention, retentionInterval, limits);
	}

}
