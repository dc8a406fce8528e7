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
import io.reprise.kernel.Run;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.WorkflowTask;
import io.reprise.spi.TaskDispatch;
import io.reprise.spi.Ticker;

/**
 * Lets the turns that a batch asks for run before it is committed, so that what they
 * decide is committed with it. See {@code docs/adr/0015-one-turn-ahead-of-its-commit.md}.
 */
final class TurnsAhead {

	/** A batch goes on without the others when no turn has ended for so long. */
	private static final Duration PATIENCE = Duration.ofMillis(3);

	private final TaskDispatch dispatch;

	private final Function<Command, CompletableFuture<CommandResult>> gate;

	private final Ticker ticker;

	private final HeldUpdates updates;

	TurnsAhead(TaskDispatch dispatch, Ticker ticker, HeldUpdates updates,
			Function<Command, CompletableFuture<CommandResult>> gate) {
		this.updates = updates;
		this.dispatch = dispatch;
		this.ticker = ticker;
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
				WorkflowTask task = Kernel.workflowTask(draft.run(), draft.time(now));
				if (!updates.isEmpty()) {
					task = task.with(updates.of(draft.key().runId()));
				}
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
		CachedRun stored = draft.before();
		Run before = (stored != null) ? stored.run() : null;
		// Whoever ran the turn before keeps the workflow until that turn is durable.
		boolean endsTurn = draft.run().state().lastMarkerId() != ((before != null) ? before.state().lastMarkerId() : 0);
		return draft.isChanged() && !endsTurn && !draft.needsAllEffects() && draft.isOwnedOrIdle(node)
				&& Kernel.asksForTurn(before, draft.run());
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
	private final class Wait {

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
			long since = ticker.nanos();
			while (running.get() > 0) {
				long left = PATIENCE.toNanos() - (ticker.nanos() - since);
				if (left > 0) {
					ticker.park(Duration.ofNanos(left));
					interrupted |= Thread.interrupted();
				}
				else if (running.get() == last) {
					break;
				}
				else {
					last = running.get();
					since = ticker.nanos();
				}
			}
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
