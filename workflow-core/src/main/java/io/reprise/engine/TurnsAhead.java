package io.reprise.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import io.reprise.kernel.Kernel;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.WorkflowTask;
import io.reprise.spi.TaskDispatch;

/**
 * Lets the turns that a batch asks for run before it is committed, so that what they
 * decide is committed with it. See
 * {@code docs/adr/0015-one-turn-ahead-of-its-commit.md}.
 */
final class TurnsAhead {

	/**
	 * A batch goes on when no turn has ended for so long. Real time, not the store's: it
	 * is a matter of patience, and nothing depends on it.
	 */
	private static final Duration PATIENCE = Duration.ofMillis(3);

	private final TaskDispatch dispatch;

	private final Function<Command, CompletableFuture<CommandResult>> gate;

	TurnsAhead(TaskDispatch dispatch, Function<Command, CompletableFuture<CommandResult>> gate) {
		this.dispatch = dispatch;
		this.gate = gate;
	}

	/**
	 * Runs turns, and waits until they have ended or take too long.
	 * @param drafts what the batch has decided
	 * @param node this node
	 * @param now the time of the batch
	 * @return the turns that were taken; each must be settled
	 */
	List<OpenTurn> run(Collection<Draft> drafts, String node, Instant now) {
		List<OpenTurn> turns = new ArrayList<>();
		Wait wait = new Wait();
		for (Draft draft : drafts) {
			if (asksForTurn(draft, node)) {
				WorkflowTask task = Kernel.workflowTask(draft.run(), now);
				OpenTurn turn = new OpenTurn(task, draft, this, wait::ended);
				wait.began();
				if (dispatch.dispatchAhead(task, turn)) {
					turns.add(turn);
				}
				else {
					wait.ended();
				}
			}
		}
		if (!turns.isEmpty()) {
			wait.await();
		}
		return turns;
	}

	private static boolean asksForTurn(Draft draft, String node) {
		CachedRun before = draft.before();
		return draft.isChanged() && !draft.needsAllEffects() && draft.isOwnedOrIdle(node)
				&& Kernel.asksForTurn((before != null) ? before.run() : null, draft.run());
	}

	CompletableFuture<CommandResult> submitLate(Command outcome) {
		return gate.apply(outcome);
	}

	void dispatchLate(WorkflowTask task) {
		dispatch.dispatch(task);
	}

	/**
	 * One thread waiting for several turns.
	 */
	private static final class Wait {

		private final Thread waiting = Thread.currentThread();

		private final AtomicInteger running = new AtomicInteger();

		void began() {
			running.incrementAndGet();
		}

		void ended() {
			if (running.decrementAndGet() == 0 && Thread.currentThread() != waiting) {
				LockSupport.unpark(waiting);
			}
		}

		void await() {
			boolean interrupted = false;
			int last = running.get();
			long deadline = System.nanoTime() + PATIENCE.toNanos();
			while (last > 0) {
				long left = deadline - System.nanoTime();
				if (left <= 0) {
					if (running.get() == last) {
						break;
					}
					last = running.get();
					deadline = System.nanoTime() + PATIENCE.toNanos();
					continue;
				}
				LockSupport.parkNanos(this, left);
				interrupted |= Thread.interrupted();
				if (running.get() == 0) {
					break;
				}
			}
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
