package io.reprise.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.WorkflowTask;
import io.reprise.spi.TurnAhead;
import org.jspecify.annotations.Nullable;

/**
 * A turn of which a batch hopes to take the outcome along. The batch waits until it is no
 * longer {@link State#RUNNING}; a turn that does not end in time goes on by itself, and
 * its outcome comes as any other command once the input is durable.
 */
final class OpenTurn implements TurnAhead {

	private final WorkflowTask task;

	private final Draft draft;

	private final TurnsAhead turns;

	private final Runnable onEnd;

	private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

	private final CompletableFuture<Boolean> inputDurable = new CompletableFuture<>();

	private volatile @Nullable Submission outcome;

	private boolean ended;

	/**
	 * A turn.
	 * @param task the task
	 * @param draft the run with the input
	 * @param turns takes what comes late
	 * @param onEnd told when the batch need not wait any more
	 */
	OpenTurn(WorkflowTask task, Draft draft, TurnsAhead turns, Runnable onEnd) {
		this.task = task;
		this.draft = draft;
		this.turns = turns;
		this.onEnd = onEnd;
	}

	WorkflowTask task() {
		return task;
	}

	Draft draft() {
		return draft;
	}

	@Override
	public CompletableFuture<CommandResult> submit(Command command) {
		ended = true;
		if (state.get() == State.RUNNING) {
			Submission submission = Submission.ofTurnAhead(command);
			outcome = submission;
			if (leave(State.HANDED_IN)) {
				return submission.answer();
			}
		}
		return inputDurable.join() ? turns.submitLate(command)
				: CompletableFuture.completedFuture(new CommandResult.Stale());
	}

	@Override
	public void decline() {
		if (!ended && !leave(State.DECLINED) && inputDurable.join()) {
			turns.dispatchLate(task);
		}
	}

	@Override
	public boolean awaitInput() {
		leave(State.LATE);
		return inputDurable.join();
	}

	@Override
	public boolean isInputDurable() {
		return inputDurable.getNow(false);
	}

	private boolean leave(State next) {
		boolean left = state.compareAndSet(State.RUNNING, next);
		if (left) {
			onEnd.run();
		}
		return left;
	}

	// Called by the batch

	/**
	 * Ends the wait for this turn.
	 * @return what it handed in, or {@code null} if nothing
	 */
	@Nullable Submission close() {
		state.compareAndSet(State.RUNNING, State.LATE);
		return (state.get() == State.HANDED_IN) ? outcome : null;
	}

	/**
	 * Whether the turn still runs, and nobody else need be asked for it.
	 * @return {@code true} if so
	 */
	boolean isLate() {
		return state.get() == State.LATE;
	}

	/**
	 * Tells what became of the input.
	 * @param durable whether it is durable; if not, the outcome is dropped
	 */
	void settle(boolean durable) {
		Submission handedIn = outcome;
		if (!durable && state.get() == State.HANDED_IN && handedIn != null) {
			handedIn.answer().complete(new CommandResult.Stale());
		}
		inputDurable.complete(durable);
	}

	private enum State {

		RUNNING, HANDED_IN, DECLINED, LATE

	}

}
