package io.reprise.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.reprise.kernel.Run;
import io.reprise.kernel.RunOverlay;
import io.reprise.protocol.HistoryEvent;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a run to close, or for its outstanding turn. A waiter registers first and
 * looks at the store afterwards, so that no change falls between.
 */
final class RunWaiters {

	private final Map<String, List<CompletableFuture<ClosedRun>>> closed = new ConcurrentHashMap<>();

	private final Map<String, List<CompletableFuture<Void>>> settled = new ConcurrentHashMap<>();

	CompletableFuture<ClosedRun> untilClosed(String runId) {
		return register(closed, runId);
	}

	CompletableFuture<Void> untilSettled(String runId) {
		return register(settled, runId);
	}

	/**
	 * Runs that somebody waits for.
	 * @return their ids
	 */
	List<String> awaited() {
		return new ArrayList<>(closed.keySet());
	}

	void changed(Run run, @Nullable HistoryEvent closing) {
		if (closing != null) {
			complete(new ClosedRun(run.state().key(), run.state().workflowType(), run.state().status(), closing));
		}
		if (!settled.isEmpty() && isSettled(run)) {
			List<CompletableFuture<Void>> futures = settled.remove(run.state().key().runId());
			if (futures != null) {
				futures.forEach((future) -> future.complete(null));
			}
		}
	}

	void complete(ClosedRun run) {
		List<CompletableFuture<ClosedRun>> futures = closed.remove(run.key().runId());
		if (futures != null) {
			futures.forEach((future) -> future.complete(run));
		}
	}

	void failAll(RuntimeException failure) {
		closed.values().forEach((futures) -> futures.forEach((future) -> future.completeExceptionally(failure)));
		settled.values().forEach((futures) -> futures.forEach((future) -> future.completeExceptionally(failure)));
		closed.clear();
		settled.clear();
	}

	/**
	 * Whether no turn is to come before the next input, other than one that waits for
	 * local activities. A stalled run is settled, too, unless its turn is just tried
	 * again, or may be by another build.
	 * @param run the run
	 * @return {@code true} if so
	 */
	static boolean isSettled(Run run) {
		RunOverlay.Stall stall = run.overlay().stall();
		return run.state().isClosed() || run.overlay().isDelayed()
				|| (stall != null && stall.nextDue() != null && !stall.isOffered())
				|| run.state()
					.unseen()
					.stream()
					.allMatch((input) -> input.event() instanceof HistoryEvent.TurnContinued);
	}

	private static <T> CompletableFuture<T> register(Map<String, List<CompletableFuture<T>>> waiters, String runId) {
		CompletableFuture<T> future = new CompletableFuture<>();
		waiters.compute(runId, (same, existing) -> {
			List<CompletableFuture<T>> futures = (existing != null) ? existing : new CopyOnWriteArrayList<>();
			futures.add(future);
			return futures;
		});
		future.whenComplete((result, failure) -> waiters.computeIfPresent(runId, (same, futures) -> {
			futures.remove(future);
			return futures.isEmpty() ? null : futures;
		}));
		return future;
	}

}
