package io.reprise.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.reprise.Lifetime;
import io.reprise.TimeoutType;
import io.reprise.kernel.Decision.Accepted;
import io.reprise.kernel.Decision.Stale;
import io.reprise.kernel.RunOverlay.Attempt;
import io.reprise.kernel.RunOverlay.Stall;
import io.reprise.kernel.RunState.PendingActivity;
import io.reprise.kernel.RunState.PendingTimer;
import io.reprise.protocol.HistoryEvent;
import org.jspecify.annotations.Nullable;

/**
 * Does everything that has become due. What is not due by the database's time is left
 * alone, so nothing happens early whoever asks.
 */
final class DueDecider {

	private final Run run;

	private final Instant now;

	private final List<HistoryEvent> events = new ArrayList<>();

	private final OverlayEdit overlay;

	private final DecisionContext context;

	private DueDecider(Run run, DecisionContext context) {
		this.run = run;
		this.context = context;
		now = context.now();
		overlay = new OverlayEdit(run.overlay());
	}

	static Decision fire(Run run, DecisionContext context) {
		return new DueDecider(run, context).fire();
	}

	private Decision fire() {
		HistoryEvent timeout = (run.state().started() != null) ? timeout(run.state()) : null;
		if (timeout != null) {
			return Successions.close(run.state(), List.of(timeout), 0, context);
		}
		if (Times.isDue(run.overlay().delayedUntil(), now)) {
			overlay.begin();
		}
		fireTimers();
		run.state().activities().values().forEach(this::expireOrRetry);
		Stall stall = run.overlay().stall();
		if (stall != null && Times.isDue(stall.nextDue(), now)) {
			overlay.stall(stall.triedNow());
		}
		RunOverlay after = overlay.done();
		return (events.isEmpty() && after == run.overlay()) ? new Stale(false) : new Accepted(events, after);
	}

	private @Nullable HistoryEvent timeout(RunState state) {
		Lifetime lifetime = Objects.requireNonNull(Successions.terms(state)).lifetime();
		if (Times.isDue(Deadlines.ofChain(state), now)) {
			return new HistoryEvent.WorkflowTimedOut(Failures.timeout(TimeoutType.SCHEDULE_TO_CLOSE,
					"Workflow %s did not end within its execution time-out of %s".formatted(state.workflowType(),
							lifetime.executionTimeout())),
					null);
		}
		if (Times.isDue(Deadlines.ofRun(state), now)) {
			return new HistoryEvent.WorkflowTimedOut(
					Failures.timeout(TimeoutType.START_TO_CLOSE, "Workflow %s did not end within its run time-out of %s"
						.formatted(state.workflowType(), lifetime.runTimeout())),
					null);
		}
		return null;
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
