package io.reprise.engine;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.reprise.ErrorCode;
import io.reprise.kernel.Effect;
import io.reprise.kernel.Kernel;
import io.reprise.kernel.Run;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.WorkflowTask;
import io.reprise.spi.TaskDispatch;

/**
 * Carries out effects: the only place from which anything leaves the engine, always after
 * the commit that caused it.
 */
final class EffectRunner {

	private final TaskDispatch dispatch;

	private final WakeUps wakeUps;

	private final RunWaiters waiters;

	private final HeldUpdates updates;

	private final Consumer<Draft> updateCalls;

	private final Messenger messenger;

	/**
	 * Runs whose last change may be durable without its effects having been carried out:
	 * the commit's outcome was unknown, or somebody else's write came first.
	 */
	private final Set<String> suspectedLost = ConcurrentHashMap.newKeySet();

	EffectRunner(TaskDispatch dispatch, WakeUps wakeUps, RunWaiters waiters, HeldUpdates updates,
			Consumer<Draft> updateCalls, Messenger messenger) {
		this.updates = updates;
		this.updateCalls = updateCalls;
		this.dispatch = dispatch;
		this.wakeUps = wakeUps;
		this.waiters = waiters;
		this.messenger = messenger;
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
		boolean turn = false;
		for (Effect effect : effects) {
			switch (effect) {
				case Effect.DispatchTask task -> {
					turn = true;
					if (!draft.isTurnRunning()) {
						dispatch.dispatch(withUpdates(Kernel.workflowTask(run, draft.time(now))));
					}
				}
				case Effect.DispatchActivity activity ->
					dispatch.dispatch(Kernel.activityTask(run, activity.activityId()));
				case Effect.CancelActivity cancel -> dispatch.cancelActivity(run.state().key(), cancel.activityId());
				case Effect.WakeAt wake -> wakeUps.wakeAt(run.state().key(), wake.dueAt());
				case Effect.AnnounceClosed announce -> closed = true;
				case Effect.Errand errand -> messenger.run(run, errand);
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
		updateCalls.accept(draft);
		seeToUpdates(draft, now, turn);
	}

	private WorkflowTask withUpdates(WorkflowTask task) {
		return updates.isEmpty() ? task : task.with(updates.handOut(task.key().runId(), task.token().lastMarkerId()));
	}

	/**
	 * Asks for a turn that decides on the updates of a run, unless one is to come anyway.
	 * @param draft the run
	 * @param now the time
	 * @param turn whether a turn was just asked for
	 */
	void seeToUpdates(Draft draft, Instant now, boolean turn) {
		if (updates.isEmpty()) {
			return;
		}
		Run run = draft.run();
		String runId = draft.key().runId();
		updates.answerKnown(run.state());
		if (run.state().isClosed()) {
			updates.release(runId,
					new CommandResult.Rejected(ErrorCode.WORKFLOW_CLOSED,
							"Expected workflow %s to be running, but it is %s; start it anew".formatted(draft.key(),
									run.state().status().displayName())));
		}
		else if (!turn && !run.overlay().isDelayed() && RunWaiters.isSettled(run)
				&& updates.isTurnMissing(runId, run.state().lastMarkerId())) {
			if (run.state().unseen().isEmpty()) {
				dispatch.dispatch(
						Kernel.updateTask(run, draft.time(now), updates.handOut(runId, run.state().lastMarkerId())));
			}
			else if (!run.overlay().isStallWaiting()) {
				// The turn waits for local activities: it is run again, and handed in
				dispatch.dispatch(withUpdates(Kernel.workflowTask(run, draft.time(now))));
			}
		}
	}

	/** Whoever takes the run over derives anew what is to be handed out. */
	private void letGo(Draft draft, List<Effect> effects) {
		for (Effect effect : effects) {
			if (effect instanceof Effect.CancelActivity cancel) {
				dispatch.cancelActivity(draft.key(), cancel.activityId());
			}
			else if (effect instanceof Effect.AnnounceClosed) {
				dispatch.runClosed(draft.key());
			}
		}
		wakeUps.forget(draft.key());
		waiters.changed(draft.run(), draft.closingEvent());
		if (!updates.isEmpty()) {
			updates.release(draft.key().runId(), new CommandResult.Stale());
		}
	}

}
