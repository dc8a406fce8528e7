package io.reprise.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.reprise.TimeoutType;
import io.reprise.kernel.RunOverlay.Attempt;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.TaskToken;
import org.jspecify.annotations.Nullable;

/**
 * Compares a run before and after a change: what is to be done is what must be
 * outstanding now and was not before.
 */
final class EffectDeriver {

	private final @Nullable Run before;

	private final Run after;

	private final List<? extends HistoryEvent> appended;

	private final List<Effect> effects = new ArrayList<>();

	private EffectDeriver(@Nullable Run before, Run after, List<? extends HistoryEvent> appended) {
		this.before = before;
		this.after = after;
		this.appended = appended;
	}

	static List<Effect> effects(@Nullable Run before, Run after, List<? extends HistoryEvent> appended) {
		return new EffectDeriver(before, after, appended).derive();
	}

	private List<Effect> derive() {
		cancelActivities();
		dispatchActivities();
		if (asksForTurn(before, after)) {
			effects.add(new Effect.DispatchTask(token(after.state())));
		}
		Instant due = Deadlines.next(after);
		if (due != null && !(before != null && due.equals(Deadlines.next(before)))) {
			effects.add(new Effect.WakeAt(due));
		}
		if (after.state().isClosed() && !(before != null && before.state().isClosed())) {
			effects.add(new Effect.AnnounceClosed());
		}
		runErrands();
		return List.copyOf(effects);
	}

	/**
	 * The token of a run's next turn.
	 * @param state a run with inputs that no turn has seen
	 * @return the token
	 */
	static TaskToken token(RunState state) {
		return new TaskToken(state.lastMarkerId(), state.unseen().getLast().id());
	}

	static boolean asksForTurn(@Nullable Run before, Run after) {
		return wantsTask(after) && !(before != null && wantsTask(before)
				&& before.state().lastMarkerId() == after.state().lastMarkerId());
	}

	private static boolean wantsTask(Run run) {
		return !run.state().unseen().isEmpty() && !run.overlay().isStallWaiting() && !run.overlay().isDelayed();
	}

	private void dispatchActivities() {
		for (int id : after.state().activities().keySet()) {
			Attempt attempt = after.overlay().attemptOf(id);
			if (attempt.isDispatched() && !isDispatched(before, id, attempt.attempt())) {
				effects.add(new Effect.DispatchActivity(id, attempt.attempt()));
			}
		}
	}

	private static boolean isDispatched(@Nullable Run run, int activityId, int attempt) {
		if (run == null || !run.state().activities().containsKey(activityId)) {
			return false;
		}
		Attempt known = run.overlay().attemptOf(activityId);
		return known.attempt() == attempt && known.isDispatched();
	}

	private void runErrands() {
		List<Effect.Errand> errands = Errands.of(after);
		if (!errands.isEmpty()) {
			Set<Effect.Errand> known = (before != null) ? new HashSet<>(Errands.of(before)) : Set.of();
			errands.stream().filter(errand -> !known.contains(errand)).forEach(effects::add);
		}
	}

	private void cancelActivities() {
		if (before == null) {
			return;
		}
		for (int id : before.state().activities().keySet()) {
			if (before.overlay().attemptOf(id).isDispatched() && !after.state().activities().containsKey(id)
					&& !hasReported(id)) {
				effects.add(new Effect.CancelActivity(id));
			}
		}
	}

	/**
	 * Whether a worker itself has ended the activity, so that there is nothing to stop.
	 */
	private boolean hasReported(int activityId) {
		for (HistoryEvent event : appended) {
			boolean reported = switch (event) {
				case HistoryEvent.ActivityCompleted completed -> completed.activityId() == activityId;
				case HistoryEvent.ActivityFailed failed -> failed.activityId() == activityId;
				case HistoryEvent.ActivityTimedOut timedOut ->
					timedOut.activityId() == activityId && isReported(timedOut.failure().timeoutType());
				default -> false;
			};
			if (reported) {
				return true;
			}
		}
		return false;
	}

	private static boolean isReported(TimeoutType type) {
		return switch (type) {
			case START_TO_CLOSE, HEARTBEAT -> true;
			case SCHEDULE_TO_CLOSE, SCHEDULE_TO_START -> false;
		};
	}

}
