package io.reprise.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.reprise.kernel.Decision.Accepted;
import io.reprise.kernel.RunOverlay.Attempt;
import io.reprise.kernel.RunOverlay.Stall;
import io.reprise.kernel.RunState.PendingActivity;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.RetryPolicy;

/**
 * Takes over a run from another node. What that node's workers had begun is either lost,
 * which spends an attempt, or handed over; both ways it is asked for anew. A stalled turn
 * is tried at once, as the adopter may be of a new build.
 */
final class AdoptDecider {

	private static final Failure WORKER_LOST = new Failure.WorkerLost(
			"The process that ran the attempt ended before it reported");

	private AdoptDecider() {
	}

	static Decision adopt(Run run, boolean workerLost, Instant now) {
		List<HistoryEvent> events = new ArrayList<>();
		OverlayEdit overlay = new OverlayEdit(run.overlay());
		for (PendingActivity activity : run.state().activities().values()) {
			Attempt attempt = run.overlay().attemptOf(activity.activityId());
			if (!attempt.isDispatched()) {
				continue;
			}
			if (!workerLost) {
				handOver(activity, attempt, now, overlay);
			}
			else if (RetryPolicy.allows(activity.policy(), Deadlines.scheduleToClose(activity), attempt.attempt(),
					WORKER_LOST, now)) {
				Attempt next = ActivityDecider.next(attempt, WORKER_LOST, now);
				overlay.put(activity.activityId(), next.dispatched(now));
			}
			else {
				events.add(Failures.resolution(activity.activityId(), attempt, WORKER_LOST));
				overlay.remove(activity.activityId());
			}
		}
		Stall stall = run.overlay().stall();
		overlay.stall((stall != null && stall.nextDue() != null) ? stall.triedNow() : stall);
		return new Accepted(events, overlay.done());
	}

	/** It waits for a worker again; the time it ran elsewhere is not waiting. */
	private static void handOver(PendingActivity activity, Attempt attempt, Instant now, OverlayEdit overlay) {
		if (activity.policy().scheduleToStart() != null) {
			overlay.put(activity.activityId(), attempt.dispatched(now));
		}
	}

}
