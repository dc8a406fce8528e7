package io.reprise.engine;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.reprise.spi.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's time, on a platform thread of its own: leases and time-outs must be
 * noticed even when all carriers of virtual threads are busy.
 */
public final class SystemTicker implements Ticker, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SystemTicker.class);

	private final ScheduledThreadPoolExecutor executor;

	public SystemTicker() {
		executor = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("workflow-ticker-", 0).factory());
		executor.setRemoveOnCancelPolicy(true);
		executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	@Override
	public long nanos() {
		return System.nanoTime();
	}

	@Override
	public Scheduled schedule(Duration delay, Runnable task) {
		if (executor.isShutdown()) {
			return () -> {
			};
		}
		ScheduledFuture<?> future = executor.schedule(() -> run(task), saturatedNanos(delay), TimeUnit.NANOSECONDS);
		return () -> future.cancel(false);
	}

	@Override
	public void park(Duration limit) {
		LockSupport.parkNanos(this, limit.toNanos());
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			logger.error("Expected scheduled work to succeed, but it threw; it is not repeated", ex);
		}
	}

	private static long saturatedNanos(Duration delay) {
		return (delay.compareTo(Duration.ofDays(10_000)) > 0) ? Duration.ofDays(10_000).toNanos()
				: Math.max(0, delay.toNanos());
	}

	@Override
	public void close() {
		executor.shutdownNow();
	}

}
