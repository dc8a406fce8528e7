package io.reprise.jpa;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.reprise.spi.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in platform threads that nobody interrupts. H2 does its I/O in the thread
 * that calls it, and an interrupt there closes the file of the whole database.
 */
final class OwnThreads implements AutoCloseable {

	private static final int THREADS = 8;

	private final ExecutorService executor;

	OwnThreads() {
		AtomicInteger number = new AtomicInteger();
		executor = Executors.newFixedThreadPool(THREADS, task -> {
			Thread thread = new OwnThread(task, "workflow-h2-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Runs work and waits for its end, whether or not the caller is interrupted
	 * meanwhile.
	 */
	<T extends @Nullable Object> T call(Supplier<T> work) {
		if (Thread.currentThread() instanceof OwnThread) {
			return work.get();
		}
		Future<T> future;
		try {
			future = executor.submit(work::get);
		}
		catch (RejectedExecutionException ex) {
			throw new StoreException(StoreException.Outcome.NOTHING_WRITTEN,
					"Expected an open store, but it was closed", ex);
		}
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return future.get();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		catch (ExecutionException ex) {
			throw unwrap(ex);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static RuntimeException unwrap(ExecutionException ex) {
		Throwable cause = ex.getCause();
		if (cause instanceof Error error) {
			throw error;
		}
		return (cause instanceof RuntimeException runtime) ? runtime : new IllegalStateException(ex);
	}

	@Override
	public void close() {
		executor.shutdown();
	}

	/** Marks a thread as one of ours. */
	private static final class OwnThread extends Thread {

		OwnThread(Runnable task, String name) {
			super(task, name);
		}

	}

}
