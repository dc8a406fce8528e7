package io.reprise.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs of which nothing can be decided, such as those with a damaged history: sweeps pass
 * over them for a while, so that they hold up no others.
 */
final class TroubledRuns {

	private static final Logger logger = LoggerFactory.getLogger(TroubledRuns.class);

	private static final Duration REST = Duration.ofMinutes(1);

	private final Ticker ticker;

	private final Map<String, Long> restingSince = new ConcurrentHashMap<>();

	TroubledRuns(Ticker ticker) {
		this.ticker = ticker;
	}

	boolean isResting(ExecutionKey key) {
		return restingSince.containsKey(key.runId());
	}

	/**
	 * Lets those have another try that have rested.
	 */
	void wakeRested() {
		long now = ticker.nanos();
		restingSince.values().removeIf((since) -> now - since >= REST.toNanos());
	}

	/**
	 * Waits for what became of a run's command.
	 * @param key the run
	 * @param answer the answer to the command
	 * @return the answer, or {@code null} if there is none but an error
	 * @throws CompletionException if the engine has stopped
	 */
	@Nullable CommandResult await(ExecutionKey key, CompletableFuture<CommandResult> answer) {
		try {
			return answer.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof WorkflowException known && known.code() == ErrorCode.ENGINE_NOT_RUNNING) {
				throw ex;
			}
			restingSince.put(key.runId(), ticker.nanos());
			logger.warn("Expected {} to go on, but nothing can be decided of it: {}. It is tried again after {}", key,
					ex.getCause(), REST);
			return null;
		}
	}

}
