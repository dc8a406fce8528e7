package io.reprise.engine;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.reprise.WorkflowException;
import io.reprise.kernel.Decision;
import io.reprise.kernel.DecisionContext;
import io.reprise.kernel.Kernel;
import io.reprise.kernel.Limits;
import io.reprise.kernel.NextRuns;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandJson;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.CallerTransaction;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.RunWrite;
import org.jspecify.annotations.Nullable;

/**
 * What the engine has to say about commands that take effect with a transaction of the
 * caller's. It decides nothing here: it makes what the transaction writes, and looks for
 * it when the transaction has ended.
 */
public final class CallerCommands {

	private final StoreClock clock;

	private final Limits limits;

	private final NextRuns nextRuns;

	private final Supplier<@Nullable WorkflowException> obstacle;

	private final Supplier<CompletableFuture<Void>> search;

	/**
	 * Makes the commands.
	 * @param clock the store's time
	 * @param limits what is allowed
	 * @param nextRuns knows when cron expressions are due
	 * @param obstacle says why nothing can be taken, or {@code null}
	 * @param search looks for what was committed
	 */
	CallerCommands(StoreClock clock, Limits limits, NextRuns nextRuns, Supplier<@Nullable WorkflowException> obstacle,
			Supplier<CompletableFuture<Void>> search) {
		this.clock = clock;
		this.limits = limits;
		this.nextRuns = nextRuns;
		this.obstacle = obstacle;
		this.search = search;
	}

	/**
	 * What a start writes, given that nothing stands in its way.
	 * @param start the start
	 * @param latestStart when the latest run of the workflow id began, {@code null} if
	 * there is none; this one begins after it
	 * @return a run that nobody owns
	 * @throws WorkflowException if the engine would refuse it
	 */
	public RunWrite creation(Command.StartWorkflow start, @Nullable Instant latestStart) {
		requireEngine();
		Instant now = clock.now();
		return switch (Kernel.start(start, new DecisionContext(now, 0, limits, nextRuns))) {
			case Decision.Accepted accepted -> {
				Draft draft = new Draft(start.key(), null);
				draft.follow(start, latestStart);
				draft.apply(accepted, now);
				yield RunCodec.write(draft, now, NodeRegistry.UNCLAIMED, limits.claimCheckBytes()).write();
			}
			case Decision.Rejected rejected -> throw new WorkflowException(rejected.code(), rejected.message());
			case Decision.Duplicate duplicate -> throw unexpected(start.key());
			case Decision.Stale stale -> throw unexpected(start.key());
		};
	}

	private static IllegalStateException unexpected(ExecutionKey key) {
		return new IllegalStateException("Expected the start of " + key + " to be accepted or rejected");
	}

	/**
	 * What a signal, a cancel or a termination writes.
	 * @param command the command
	 * @param requestId recognises the same command sent twice
	 * @param run an open run
	 * @return what to leave for whoever owns the run
	 * @throws WorkflowException if the engine would refuse it, as far as that can be told
	 */
	public InboxEntry message(Command command, String requestId, CallerTransaction.Found run) {
		requireEngine();
		Decision.Rejected complaint = Kernel.complaint(command, run.key(), run.historyEvents(),
				new DecisionContext(clock.now(), run.historyBytes(), limits));
		if (complaint != null) {
			throw new WorkflowException(complaint.code(), complaint.message());
		}
		return new InboxEntry(run.key(), requestId, CommandJson.write(command));
	}

	/**
	 * Lets nothing be taken while the engine does not run.
	 * @throws WorkflowException with the reason if it does not
	 */
	public void requireEngine() {
		WorkflowException failure = obstacle.get();
		if (failure != null) {
			throw failure;
		}
	}

	/**
	 * Looks for what transactions have committed, without waiting for it.
	 * @return completed when all that was committed before the call is taken, or cannot
	 * be taken now and is left to the sweeps
	 */
	public CompletableFuture<Void> lookForCommitted() {
		return search.get();
	}

}
