package io.reprise.client;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Messages that transactions of this process have committed and the engine has not taken
 * yet. Calls that come after the commit wait for them, so that they are seen in the order
 * in which they were acknowledged.
 */
final class CommittedMessages {

	/** After that, the engine is not able to take them now. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Map<String, CompletableFuture<Void>> onTheirWay = new ConcurrentHashMap<>();

	void add(Collection<String> runIds, CompletableFuture<Void> taken) {
		for (String runId : runIds) {
			onTheirWay.put(runId, taken);
		}
		taken.whenComplete((nothing, failure) -> runIds.forEach((runId) -> onTheirWay.remove(runId, taken)));
	}

	boolean isEmpty() {
		return onTheirWay.isEmpty();
	}

	void await(String runId) {
		CompletableFuture<Void> taken = onTheirWay.get(runId);
		if (taken == null) {
			return;
		}
		try {
			taken.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			// What they are is in the database; sweeps go on looking for it
			onTheirWay.remove(runId, taken);
		}
	}

}
