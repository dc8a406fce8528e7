package io.reprise.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.reprise.TimeoutType;
import io.reprise.kernel.Decision.Accepted;
import io.reprise.kernel.Decision.Stale;
import io.reprise.kernel.RunOverlay.Attempt;
import io.reprise.kernel.RunOverlay.Stall;
import io.reprise.kernel.RunState.PendingActivity;
import io.reprise.kernel.RunState.PendingTimer;
import io.reprise.protocol.HistoryEvent;

/**
 * Does everything that has become due. What is not due by the database's time is left
 * alone, so nothing happens early whoever asks.
 */
final class DueDecider {

	private final Run run;

	private final Instant now;

	private final List<HistoryEvent> events = new ArrayList<>();

	private final OverlayEdit overlay;

	private DueDecider(Run run, Instant now) {
		this.run = run;
		this.now = now;
		overlay = new OverlayEdit(run.overlay());
	}

	static Decision fire(Run run, Instant now) {
		return new DueDecider(run, now).fire();
	}

	private Decision fire() {
		fireTimers();
		run.state().activities().values().forEach(this::expireOrRetry);
		Stall stall = run.overlay().stall();
		if (stall != null && Times.isDue(stall.nextDue(), now)) {
			overlay.stall(stall.triedNow());
		}
		RunOverlay after = overlay.done();
		return (events.isEmpty() && after == run.overlay()) ? new Stale(false) : new Accepted(events, after);
	}

	private void fireTimers() {
		run.state()
			.timers()
			.values()
			.stream()
			.filter(timer -> Times.isDue(timer.fireAt(), now))
			.sorted(Comparator.comparing(PendingTimer::fireAt).thenComparing(PendingTimer::timerId))
			.forEach(timer -> events.add(new HistoryEvent.TimerFired(timer.timerId())));
	}

	private void expireOrRetry(PendingActivity activity) {
		Attempt attempt = run.overlay().attemptOf(activity.activityId());
		if (Times.isDue(Deadlines.scheduleToClose(activity), now)) {
			expire(activity, attempt, TimeoutType.SCHEDULE_TO_CLOSE,
					"Activity %s was not done within its schedule-to-close time-out of %s"
						.formatted(activity.activityType(), activity.policy().scheduleToClose()));
		}
		else if (Times.isDue(Deadlines.scheduleToStart(activity, attempt), now)) {
			expire(activity, attempt, TimeoutType.SCHEDULE_TO_START,
					"Activity %s was not begun by a worker within its schedule-to-start time-out of %s"
						.formatted(activity.activityType(), activity.policy().scheduleToStart()));
		}
		else if (Times.isDue(attempt.nextDue(), now)) {
			overlay.put(activity.activityId(), attempt.dispatched(now));
		}
	}

	private void expire(PendingActivity activity, Attempt attempt, TimeoutType type, String message) {
		events.add(Failures.resolution(activity.activityId(), attempt, Failures.timeout(type, message)));
		overlay.remove(activity.activityId());
	}

}
