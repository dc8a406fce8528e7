package io.reprise.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.Ticker;

/**
 * Remembers which runs have something due soon, and says so when it is. What is due later
 * is left to the sweep, so that a million sleeping workflows cost no memory.
 * <p>
 * Never early: a wake-up that finds the store's clock behind waits for the rest.
 */
final class WakeUps {

	private final Ticker ticker;

	private final StoreClock clock;

	private final Duration horizon;

	private final Consumer<ExecutionKey> onDue;

	private final Map<ExecutionKey, WakeUp> pending = new ConcurrentHashMap<>();

	WakeUps(Ticker ticker, StoreClock clock, Duration horizon, Consumer<ExecutionKey> onDue) {
		this.ticker = ticker;
		this.clock = clock;
		this.horizon = horizon;
		this.onDue = onDue;
	}

	void wakeAt(ExecutionKey key, Instant dueAt) {
		Duration delay = clock.until(dueAt);
		if (delay.compareTo(horizon) > 0) {
			return;
		}
		pending.compute(key, (same, existing) -> {
			if (existing != null && !dueAt.isBefore(existing.dueAt)) {
				return existing;
			}
			if (existing != null) {
				existing.scheduled.cancel();
			}
			return new WakeUp(dueAt, ticker.schedule(delay, () -> wake(key, dueAt)));
		});
	}

	void forget(ExecutionKey key) {
		WakeUp wakeUp = pending.remove(key);
		if (wakeUp != null) {
			wakeUp.scheduled.cancel();
		}
	}

	void clear() {
		pending.keySet().forEach(this::forget);
	}

	private void wake(ExecutionKey key, Instant dueAt) {
		pending.computeIfPresent(key, (same, existing) -> existing.dueAt.equals(dueAt) ? null : existing);
		onDue.accept(key);
	}

	private record WakeUp(Instant dueAt, Ticker.Scheduled scheduled) {

	}

}
