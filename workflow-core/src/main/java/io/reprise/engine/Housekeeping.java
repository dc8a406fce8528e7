package io.reprise.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntUnaryOperator;

import io.reprise.WorkflowException;
import io.reprise.spi.StoreException;
import io.reprise.spi.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the engine's periodic duties, each on its interval and never twice at the same
 * time. The ticker only says when; the work, which may wait for the store, has a thread
 * of its own.
 */
final class Housekeeping {

	private static final Logger logger = LoggerFactory.getLogger(Housekeeping.class);

	private final Ticker ticker;

	private final ThreadFactory threads;

	private final EngineHealth health;

	private volatile boolean stopped;

	Housekeeping(Ticker ticker, ThreadFactory threads, EngineHealth health) {
		this.ticker = ticker;
		this.threads = threads;
		this.health = health;
	}

	/**
	 * Repeats a duty that asks something of the store each time, and so tells how the
	 * store is.
	 * @param interval how often
	 * @param name names the duty
	 * @param duty the duty
	 */
	void every(Duration interval, String name, Runnable duty) {
		scheduleNext(interval, name, () -> attempt(name, duty), new AtomicBoolean());
	}

	/**
	 * Repeats a duty that says nothing of how the store is: it may have nothing to ask,
	 * or not be done again for long.
	 * @param interval how often
	 * @param name names the duty
	 * @param duty the duty
	 */
	void everySilently(Duration interval, String name, Runnable duty) {
		scheduleNext(interval, name, () -> attemptSilently(name, duty), new AtomicBoolean());
	}

	void stop() {
		stopped = true;
	}

	private void scheduleNext(Duration interval, String name, Runnable attempt, AtomicBoolean running) {
		if (stopped) {
			return;
		}
		ticker.schedule(interval, () -> {
			try {
				if (!stopped && running.compareAndSet(false, true)) {
					start(name, attempt, running);
				}
			}
			finally {
				// Next time there may be a thread for it
				scheduleNext(interval, name, attempt, running);
			}
		});
	}

	private void start(String name, Runnable attempt, AtomicBoolean running) {
		try {
			newThread(name, attempt, running).start();
		}
		catch (RuntimeException | Error ex) {
			running.set(false);
			throw ex;
		}
	}

	private Thread newThread(String name, Runnable attempt, AtomicBoolean running) {
		boolean punctual = name.equals(EngineHealth.LEASE);
		Thread thread = Objects.requireNonNull((punctual ? ticker.punctualThreads() : threads).newThread(() -> {
			try {
				attempt.run();
			}
			finally {
				running.set(false);
			}
		}));
		thread.setName("workflow-" + name);
		return thread;
	}

	/**
	 * Does a duty that is repeated anyway, so that a failure of the store may pass, and
	 * tells how the store is.
	 * @param name names the duty
	 * @param duty the duty
	 */
	void attempt(String name, Runnable duty) {
		attemptSilently(name, () -> {
			try {
				duty.run();
			}
			catch (StoreException ex) {
				health.storeFailed(name, ex);
				throw ex;
			}
			health.storeAnswered(name);
		});
	}

	private void attemptSilently(String name, Runnable duty) {
		try {
			duty.run();
		}
		catch (StoreException ex) {
			logger.debug("Expected the duty '{}' to reach the store, but it did not; it is tried again", name, ex);
		}
		catch (WorkflowException ex) {
			warn(name, ex);
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof WorkflowException cause) {
				warn(name, cause);
			}
			else {
				error(name, ex);
			}
		}
		catch (RuntimeException ex) {
			error(name, ex);
		}
	}

	private void error(String name, RuntimeException failure) {
		if (!stopped) {
			logger.error("Expected the duty '{}' to succeed, but it failed; it is tried again", name, failure);
		}
	}

	private static void warn(String name, WorkflowException failure) {
		logger.warn("Expected the duty '{}' to succeed, but it failed; it is tried again: {}", name,
				failure.getMessage());
	}

	/**
	 * Repeats a chunked sweep until a chunk is not full.
	 * @param limit size of a full chunk
	 * @param sweep does one chunk and says how much it found
	 */
	static void inChunks(int limit, IntUnaryOperator sweep) {
		int found = limit;
		while (found >= limit) {
			found = sweep.applyAsInt(limit);
		}
	}

}
