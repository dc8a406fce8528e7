package io.reprise.engine;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.reprise.kernel.Effect;
import io.reprise.kernel.Kernel;
import io.reprise.kernel.Run;
import io.reprise.spi.TaskDispatch;

/**
 * Carries out effects: the only place from which anything leaves the engine, always after
 * the commit that caused it.
 */
final class EffectRunner {

	private final TaskDispatch dispatch;

	private final WakeUps wakeUps;

	private final RunWaiters waiters;

	/**
	 * Runs whose last change may be durable without its effects having been carried out:
	 * the commit's outcome was unknown, or somebody else's write came first.
	 */
	private final Set<String> suspectedLost = ConcurrentHashMap.newKeySet();

	EffectRunner(TaskDispatch dispatch, WakeUps wakeUps, RunWaiters waiters) {
		this.dispatch = dispatch;
		this.wakeUps = wakeUps;
		this.waiters = waiters;
	}

	void suspectLost(String runId) {
		suspectedLost.add(runId);
	}

	boolean isSuspectedLost(String runId) {
		return suspectedLost.contains(runId);
	}

	boolean clearSuspicion(String runId) {
		return suspectedLost.remove(runId);
	}

	void wakeAgain(Run run) {
		Instant due = Kernel.nextDue(run);
		if (due != null) {
			wakeUps.wakeAt(run.state().key(), due);
		}
	}

	void carryOut(Draft draft, List<Effect> effects, Instant now) {
		Run run = draft.run();
		if (draft.isLetGo()) {
			letGo(draft, effects);
			return;
		}
		boolean closed = false;
		for (Effect effect : effects) {
			switch (effect) {
				case Effect.DispatchTask task -> {
					if (!draft.isTurnRunning()) {
						dispatch.dispatch(Kernel.workflowTask(run, draft.time(now)));
					}
				}
				case Effect.DispatchActivity activity ->
					dispatch.dispatch(Kernel.activityTask(run, activity.activityId()));
				case Effect.CancelActivity cancel -> dispatch.cancelActivity(run.state().key(), cancel.activityId());
				case Effect.WakeAt wake -> wakeUps.wakeAt(run.state().key(), wake.dueAt());
				case Effect.AnnounceClosed announce -> closed = true;
			}
		}
		if (closed) {
			wakeUps.forget(run.state().key());
			dispatch.runClosed(run.state().key());
		}
		else {
			// Also if nothing about it has changed: another node may have set the timer.
			wakeAgain(run);
		}
		waiters.changed(run, draft.closingEvent());
	}

	/** Whoever takes the run over derives anew what is to be handed out. */
	private void letGo(Draft draft, List<Effect> effects) {
		for (Effect effect : effects) {
			if (effect instanceof Effect.CancelActivity cancel) {
				dispatch.cancelActivity(draft.key(), cancel.activityId());
			}
		}
		wakeUps.forget(draft.key());
		waiters.changed(draft.run(), null);
	}

}
