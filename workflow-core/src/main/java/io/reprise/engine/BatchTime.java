package io.reprise.engine;

import java.time.Instant;

import io.reprise.kernel.DecisionContext;
import io.reprise.kernel.Limits;
import io.reprise.kernel.NextRuns;

/**
 * The time at which a batch decides.
 */
final class BatchTime {

	private final Instant now;

	private final Limits limits;

	private final NextRuns nextRuns;

	/** At least the time of the batch: turns may have run since then. */
	private Instant decidedAt;

	BatchTime(Instant now, Limits limits, NextRuns nextRuns) {
		this.now = now;
		this.decidedAt = now;
		this.limits = limits;
		this.nextRuns = nextRuns;
	}

	/**
	 * What is recorded has this time, as it is one transition.
	 * @return the time of the batch
	 */
	Instant now() {
		return now;
	}

	/**
	 * From here on decisions are made at a later time, from which timers count.
	 * @param time the time
	 */
	void goOnAt(Instant time) {
		decidedAt = time;
	}

	/**
	 * What is needed to decide on a run.
	 * @param draft the run
	 * @return the context
	 */
	DecisionContext contextOf(Draft draft) {
		CachedRun before = draft.before();
		return new DecisionContext(decidedAt, (before != null) ? before.record().historyBytes() : 0, limits, nextRuns);
	}

	/**
	 * What is needed to decide on a run that does not exist yet.
	 * @return the context
	 */
	DecisionContext contextOfStart() {
		return new DecisionContext(now, 0, limits, nextRuns);
	}

}
