package io.reprise.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.kernel.Effect;
import io.reprise.kernel.Kernel;
import io.reprise.kernel.Run;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the errands of runs: says to others what is to be said, and to the run what came
 * of it. Each has a thread of its own, as a lane must never wait for another. What is
 * lost with this node is run again by the one that takes the run over. See
 * {@code docs/adr/0023-runs-run-their-own-errands.md}.
 */
final class Messenger {

	private static final Logger logger = LoggerFactory.getLogger(Messenger.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

	private final Function<Command, CompletableFuture<CommandResult>> gate;

	private final Function<ExecutionKey, @Nullable ExecutionKey> nextRun;

	private final Ticker ticker;

	private final ThreadFactory threads;

	private final AtomicInteger underWay = new AtomicInteger();

	Messenger(Function<Command, CompletableFuture<CommandResult>> gate,
			Function<ExecutionKey, @Nullable ExecutionKey> nextRun, Ticker ticker, ThreadFactory threads) {
		this.gate = gate;
		this.nextRun = nextRun;
		this.ticker = ticker;
		this.threads = threads;
	}

	/**
	 * Runs an errand. Does not block.
	 * @param run the run as it is stored
	 * @param errand what it has to do
	 */
	void run(Run run, Effect.Errand errand) {
		begin(new Errand(run.state().key(), errand, Kernel.commands(run, errand)), FIRST_PAUSE);
	}

	boolean isIdle() {
		return underWay.get() == 0;
	}

	private void begin(Errand errand, Duration pause) {
		underWay.incrementAndGet();
		threads.newThread(() -> {
			try {
				say(errand);
			}
			catch (RuntimeException ex) {
				tryLater(errand, ex, pause);
			}
			finally {
				underWay.decrementAndGet();
			}
		}).start();
	}

	private void say(Errand errand) {
		CommandResult result = new CommandResult.Stale();
		for (Command command : errand.commands()) {
			result = follow(command);
		}
		gate.apply(Kernel.done(errand.key(), errand.effect(), result)).join();
	}

	/** A run that went on in another is reached there; that knows what it has heard. */
	private CommandResult follow(Command command) {
		Command said = command;
		while (true) {
			CommandResult result = gate.apply(said).join();
			// Without a run id it has gone to the latest run
			Command again = (isClosed(result) && !said.key().runId().isEmpty()) ? toNextRun(said) : null;
			if (again == null) {
				return result;
			}
			said = again;
		}
	}

	private static boolean isClosed(CommandResult result) {
		return result instanceof CommandResult.Rejected rejected && rejected.code() == ErrorCode.WORKFLOW_CLOSED;
	}

	private @Nullable Command toNextRun(Command command) {
		return switch (command) {
			case Command.SignalWorkflow c -> {
				ExecutionKey next = nextRun.apply(c.key());
				yield (next != null) ? new Command.SignalWorkflow(next, c.name(), c.arguments(), c.requestId()) : null;
			}
			case Command.RequestCancel c -> {
				ExecutionKey next = nextRun.apply(c.key());
				yield (next != null) ? new Command.RequestCancel(next, c.reason(), c.requestId()) : null;
			}
			case Command.TerminateWorkflow c -> {
				ExecutionKey next = nextRun.apply(c.key());
				yield (next != null) ? new Command.TerminateWorkflow(next, c.reason(), c.requestId()) : null;
			}
			// The run that follows a parent has no children yet, and a start follows
			// nobody
			default -> null;
		};
	}

	private void tryLater(Errand errand, RuntimeException failure, Duration pause) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause instanceof WorkflowException known && known.code() == ErrorCode.ENGINE_NOT_RUNNING) {
			return;
		}
		logger.debug("Expected {} to tell others what they wait for, but could not; it is tried again in {}",
				errand.key(), pause, cause);
		Duration doubled = pause.multipliedBy(2);
		ticker.schedule(pause, () -> begin(errand, (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE));
	}

	/**
	 * What a run has to say to others.
	 *
	 * @param key the run
	 * @param effect what it has to do
	 * @param commands what it says, one after the other
	 */
	private record Errand(ExecutionKey key, Effect.Errand effect, List<Command> commands) {

	}

}
