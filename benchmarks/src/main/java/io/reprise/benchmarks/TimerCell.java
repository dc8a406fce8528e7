package io.reprise.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many workflows that are started at full speed and sleep. How late each wakes is counted
 * from its call of sleep.
 */
final class TimerCell {

	private static final int CLIENTS = 256;

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final SystemUnderTest system;

	private final int sleepers;

	private final Duration sleep;

	TimerCell(SystemUnderTest system, int sleepers, Duration sleep) {
		this.system = system;
		this.sleepers = sleepers;
		this.sleep = sleep;
	}

	List<Reading> run(String prefix) throws Exception {
		SleepLog log = SleepLog.current();
		log.expect(sleepers);
		long began = System.nanoTime();
		startAll(prefix);
		double seconds = (System.nanoTime() - began) / 1e9;
		if (!log.await(PATIENCE)) {
			throw new IllegalStateException(
					"Expected %d sleepers to wake, but some still sleep after %s".formatted(sleepers, PATIENCE));
		}
		long[] lateness = log.lateness(sleep);
		long early = Arrays.stream(lateness).filter((late) -> late < 0).count();
		return List.of(reading(prefix + "-starts", sleepers / seconds, "workflows/s"),
				reading(prefix + "-p50", millis(lateness, 50), "ms"),
				reading(prefix + "-p99", millis(lateness, 99), "ms"),
				reading(prefix + "-min", millis(lateness, 0), "ms"),
				reading(prefix + "-max", millis(lateness, 100), "ms"), reading(prefix + "-early", early, "timers"));
	}

	private static Reading reading(String name, double value, String unit) {
		return new Reading(name, value, unit, Reading.Scale.NONE);
	}

	private static double millis(long[] sorted, int percentile) {
		return sorted[(int) ((sorted.length - 1L) * percentile / 100)] / 1_000.0;
	}

	private void startAll(String prefix) throws Exception {
		AtomicInteger next = new AtomicInteger();
		String run = prefix + "-" + System.nanoTime() + "-";
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> clients = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				clients.add(executor.submit(() -> {
					for (int id = next.getAndIncrement(); id < sleepers; id = next.getAndIncrement()) {
						system.startSleeper(run + id, sleep);
					}
					return null;
				}));
			}
			for (Future<?> client : clients) {
				client.get();
			}
		}
	}

}
