package io.reprise.worker;

import java.time.Duration;
import java.util.concurrent.CompletionException;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.spi.StoreException;

/**
 * Outcomes that the engine could not write, although it runs and its store is there.
 * Nobody else would ask for the task again, so the worker goes on with it.
 */
final class Refusals {

	/** Wait before the next try when not even the failure can be written. */
	static final Duration PAUSE = Duration.ofMinutes(1);

	private Refusals() {
	}

	/**
	 * Whether what failed is the outcome itself. Otherwise the engine has stopped, or the
	 * answer is lost, and the run goes on by itself.
	 * @param failure what came instead of an answer
	 * @return {@code true} if the same outcome would fail again
	 */
	static boolean isRefused(RuntimeException failure) {
		return switch (cause(failure)) {
			case StoreException store -> store.outcome() == StoreException.Outcome.REFUSED;
			case WorkflowException known ->
				known.code() != ErrorCode.ENGINE_NOT_RUNNING && known.code() != ErrorCode.STORE_UNAVAILABLE;
			default -> true;
		};
	}

	static Throwable cause(RuntimeException failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

}
