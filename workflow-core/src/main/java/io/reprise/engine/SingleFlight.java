package io.reprise.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Does the same work whenever it is asked for, one at a time: all who ask while it is
 * being done share the next time.
 */
final class SingleFlight {

	private final ThreadFactory threads;

	private final Runnable work;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock, as is what follows. */
	private @Nullable CompletableFuture<Void> next;

	private boolean running;

	SingleFlight(ThreadFactory threads, Runnable work) {
		this.threads = threads;
		this.work = work;
	}

	/**
	 * Asks for the work. Does not wait.
	 * @return completed when work that began after this call has ended, well or not
	 */
	CompletableFuture<Void> request() {
		lock.lock();
		try {
			if (next == null) {
				next = new CompletableFuture<>();
			}
			if (!running) {
				running = true;
				threads.newThread(this::run).start();
			}
			return next;
		}
		finally {
			lock.unlock();
		}
	}

	boolean isIdle() {
		lock.lock();
		try {
			return !running;
		}
		finally {
			lock.unlock();
		}
	}

	private void run() {
		CompletableFuture<Void> current = begin();
		while (current != null) {
			try {
				work.run();
			}
			finally {
				current.complete(null);
			}
			current = begin();
		}
	}

	private @Nullable CompletableFuture<Void> begin() {
		lock.lock();
		try {
			CompletableFuture<Void> current = next;
			next = null;
			running = current != null;
			return current;
		}
		finally {
			lock.unlock();
		}
	}

}
