package io.reprise.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

import io.reprise.spi.StoreException;
import io.reprise.spi.StoreException.Outcome;

/**
 * Threads that do something at the same moment.
 */
final class Racers implements AutoCloseable {

	/** How many race. */
	static final int COUNT = 8;

	private static final int TRIES = 20;

	private final ExecutorService threads = Executors.newFixedThreadPool(COUNT);

	/**
	 * Lets each racer do its work, all at once, and waits for them.
	 * @param <T> type of the results
	 * @param works the work of each racer, by its number from 0
	 * @return the results by number
	 */
	<T> List<T> race(IntFunction<Callable<T>> works) {
		CyclicBarrier start = new CyclicBarrier(COUNT);
		List<Future<T>> futures = new ArrayList<>();
		for (int i = 0; i < COUNT; i++) {
			Callable<T> work = works.apply(i);
			futures.add(threads.submit(() -> {
				start.await(1, TimeUnit.MINUTES);
				return persistently(work);
			}));
		}
		List<T> results = new ArrayList<>();
		for (Future<T> future : futures) {
			results.add(result(future));
		}
		return results;
	}

	/**
	 * A store may give up a transaction, because of a deadlock for instance, if it says
	 * that nothing was written.
	 */
	private static <T> T persistently(Callable<T> work) throws Exception {
		for (int tries = 1;; tries++) {
			try {
				return work.call();
			}
			catch (StoreException ex) {
				if (ex.outcome() != Outcome.NOTHING_WRITTEN || tries == TRIES) {
					throw ex;
				}
			}
		}
	}

	private static <T> T result(Future<T> future) {
		try {
			return future.get(2, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while threads raced", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new AssertionError("Expected all racing threads to finish", ex);
		}
	}

	@Override
	public void close() {
		threads.close();
	}

}
