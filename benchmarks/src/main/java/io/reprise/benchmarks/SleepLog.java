package io.reprise.benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * When sleepers called sleep and when they woke. Code that is replayed tells it again;
 * only the first time counts.
 */
public final class SleepLog {

	private static final SleepLog current = new SleepLog();

	private final Map<String, Long> called = new ConcurrentHashMap<>();

	private final Map<String, Long> woken = new ConcurrentHashMap<>();

	private volatile CountDownLatch missing = new CountDownLatch(0);

	private SleepLog() {
	}

	/**
	 * The log of this JVM.
	 * @return the log
	 */
	public static SleepLog current() {
		return current;
	}

	/**
	 * A sleeper is about to call sleep.
	 * @param id its workflow id
	 */
	public void calls(String id) {
		called.putIfAbsent(id, System.nanoTime());
	}

	/**
	 * A sleeper woke.
	 * @param id its workflow id
	 */
	public void wakes(String id) {
		if (woken.putIfAbsent(id, System.nanoTime()) == null) {
			missing.countDown();
		}
	}

	void expect(int sleepers) {
		called.clear();
		woken.clear();
		missing = new CountDownLatch(sleepers);
	}

	boolean await(Duration time) throws InterruptedException {
		return missing.await(time.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * How late the sleepers woke.
	 * @param time how long each wanted to sleep
	 * @return microseconds, in order; below zero for those that slept too short
	 */
	long[] lateness(Duration time) {
		return woken.entrySet()
			.stream()
			.mapToLong((entry) -> entry.getValue() - called.getOrDefault(entry.getKey(), entry.getValue()))
			.map((slept) -> Math.floorDiv(slept - time.toNanos(), 1_000))
			.sorted()
			.toArray();
	}

}
