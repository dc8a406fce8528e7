package io.reprise.kernel;

import java.time.Duration;
import java.time.Instant;

import io.reprise.kernel.RunOverlay.Attempt;
import io.reprise.kernel.RunState.PendingActivity;
import io.reprise.kernel.RunState.PendingTimer;
import io.reprise.protocol.RunTerms;
import org.jspecify.annotations.Nullable;

/**
 * When something of a run becomes due.
 */
final class Deadlines {

	private Deadlines() {
	}

	/**
	 * When something becomes due at the earliest.
	 * @param run the run
	 * @return the time, or {@code null} if nothing ever does
	 */
	static @Nullable Instant next(Run run) {
		if (run.state().isClosed()) {
			return null;
		}
		RunOverlay overlay = run.overlay();
		Instant next = (overlay.stall() != null) ? overlay.stall().nextDue() : null;
		next = Times.earlier(next, overlay.delayedUntil());
		if (run.state().started() != null) {
			next = Times.earlier(next, ofRun(run.state()));
			next = Times.earlier(next, ofChain(run.state()));
		}
		for (PendingTimer timer : run.state().timers().values()) {
			next = Times.earlier(next, timer.fireAt());
		}
		for (PendingActivity activity : run.state().activities().values()) {
			Attempt attempt = overlay.attemptOf(activity.activityId());
			next = Times.earlier(next, scheduleToClose(activity));
			next = Times.earlier(next, scheduleToStart(activity, attempt));
			next = Times.earlier(next, attempt.nextDue());
		}
		return (next != null) ? Times.storable(next) : null;
	}

	/**
	 * When a run must be over.
	 * @param state the run
	 * @return the time, or {@code null} for no limit
	 */
	static @Nullable Instant ofRun(RunState state) {
		RunTerms terms = Successions.terms(state);
		return (terms != null && terms.lifetime().runTimeout() != null)
				? Times.plus(begin(state, terms), terms.lifetime().runTimeout()) : null;
	}

	/**
	 * When a run and those that follow it must be over.
	 * @param state the run
	 * @return the time, or {@code null} for no limit
	 */
	static @Nullable Instant ofChain(RunState state) {
		RunTerms terms = Successions.terms(state);
		if (terms == null || terms.lifetime().executionTimeout() == null) {
			return null;
		}
		return (terms.chain() != null) ? terms.chain().deadline()
				: Times.plus(begin(state, terms), terms.lifetime().executionTimeout());
	}

	/** Time-outs do not run while the first turn has to wait. */
	private static Instant begin(RunState state, RunTerms terms) {
		return (terms.firstTurnAt() != null) ? Times.later(state.startTime(), terms.firstTurnAt()) : state.startTime();
	}

	/**
	 * When all attempts must be over.
	 * @param activity the activity
	 * @return the time, or {@code null} for no limit
	 */
	static @Nullable Instant scheduleToClose(PendingActivity activity) {
		Duration timeout = activity.policy().scheduleToClose();
		return (timeout != null) ? Times.plus(activity.scheduledAt(), timeout) : null;
	}

	/**
	 * When a worker must have begun the attempt.
	 * @param activity the activity
	 * @param attempt its attempt
	 * @return the time, or {@code null} if there is no limit, it has begun, or its time
	 * has not come
	 */
	static @Nullable Instant scheduleToStart(PendingActivity activity, Attempt attempt) {
		Duration timeout = activity.policy().scheduleToStart();
		if (timeout == null || attempt.started() || !attempt.isDispatched()) {
			return null;
		}
		Instant since = attempt.waitingSince();
		return Times.plus((since != null) ? since : activity.scheduledAt(), timeout);
	}

}
