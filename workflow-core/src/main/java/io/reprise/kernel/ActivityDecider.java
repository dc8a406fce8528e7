package io.reprise.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.reprise.kernel.Decision.Accepted;
import io.reprise.kernel.Decision.Duplicate;
import io.reprise.kernel.Decision.Rejected;
import io.reprise.kernel.Decision.Stale;
import io.reprise.kernel.RunOverlay.Attempt;
import io.reprise.kernel.RunState.PendingActivity;
import io.reprise.protocol.Command.CompleteActivity;
import io.reprise.protocol.Command.FailActivity;
import io.reprise.protocol.Command.RecordHeartbeat;
import io.reprise.protocol.Command.StartActivity;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RetryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Decides on what workers say of attempts. They count only for the current attempt of a
 * pending activity, and only while that attempt is a worker's.
 */
final class ActivityDecider {

	private ActivityDecider() {
	}

	static Decision start(Run run, StartActivity started) {
		Attempt attempt = current(run, started.activityId(), started.attempt());
		if (attempt == null) {
			return new Stale(false);
		}
		if (attempt.started()) {
			return new Duplicate();
		}
		return new Accepted(List.of(), OverlayEdit.put(run.overlay(), started.activityId(), attempt.running()));
	}

	static Decision complete(Run run, CompleteActivity completed, DecisionContext context) {
		Attempt attempt = current(run, completed.activityId(), completed.attempt());
		if (attempt == null) {
			return new Stale(false);
		}
		int id = completed.activityId();
		if (InputChecks.isTooLarge(completed.result(), context.limits())) {
			String message = InputChecks.tooLarge("an activity result", completed.result(), context.limits());
			return failed(run, id, attempt, Failures.nonRetryable(Failures.PAYLOAD_TOO_LARGE, message), context.now());
		}
		return new Accepted(List.of(new HistoryEvent.ActivityCompleted(id, completed.attempt(), completed.result())),
				OverlayEdit.remove(run.overlay(), id));
	}

	static Decision fail(Run run, FailActivity failed, DecisionContext context) {
		Attempt attempt = current(run, failed.activityId(), failed.attempt());
		if (attempt == null) {
			return new Stale(false);
		}
		Payload heartbeat = failed.lastHeartbeat();
		if (heartbeat != null && !InputChecks.isTooLargeInline(heartbeat, context.limits())) {
			attempt = attempt.withHeartbeat(heartbeat);
		}
		return failed(run, failed.activityId(), attempt, failed.failure(), context.now());
	}

	/** Who beats has begun, so this also restores what a restart of the engine forgot. */
	static Decision heartbeat(Run run, RecordHeartbeat heartbeat, DecisionContext context) {
		Attempt attempt = current(run, heartbeat.activityId(), heartbeat.attempt());
		if (attempt == null) {
			return new Stale(false);
		}
		Rejected complaint = new InputChecks(context.limits()).inline("heartbeat details", heartbeat.details())
			.complaint();
		if (complaint != null) {
			return complaint;
		}
		Attempt beaten = attempt.running().withHeartbeat(heartbeat.details());
		return new Accepted(List.of(), OverlayEdit.put(run.overlay(), heartbeat.activityId(), beaten));
	}

	private static Decision failed(Run run, int activityId, Attempt attempt, Failure failure, Instant now) {
		PendingActivity activity = run.state().requireActivity(activityId);
		Duration delay = RetryPolicy.delay(activity.policy(), attempt.attempt(), failure);
		Instant nextStart = Times.plus(now, delay);
		if (!RetryPolicy.allows(activity.policy(), Deadlines.scheduleToClose(activity), attempt.attempt(), failure,
				nextStart)) {
			return new Accepted(List.of(Failures.resolution(activityId, attempt, failure)),
					OverlayEdit.remove(run.overlay(), activityId));
		}
		Attempt next = next(attempt, failure, nextStart);
		return new Accepted(List.of(),
				OverlayEdit.put(run.overlay(), activityId, nextStart.isAfter(now) ? next : next.dispatched(now)));
	}

	/**
	 * The attempt after one that failed, waiting for its time.
	 * @param attempt the attempt that failed
	 * @param failure what it failed with
	 * @param nextDue when the next one is due
	 * @return the next attempt
	 */
	static Attempt next(Attempt attempt, Failure failure, Instant nextDue) {
		return new Attempt(attempt.attempt() + 1, nextDue, null, failure, attempt.lastHeartbeat(), false);
	}

	private static @Nullable Attempt current(Run run, int activityId, int attempt) {
		if (!run.state().activities().containsKey(activityId)) {
			return null;
		}
		Attempt current = run.overlay().attemptOf(activityId);
		return (current.attempt() == attempt && current.isDispatched()) ? current : null;
	}

}
