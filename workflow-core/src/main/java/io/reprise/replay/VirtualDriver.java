package io.reprise.replay;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Drives coroutines from a virtual thread whoever calls. Two virtual threads hand the
 * baton to each other within a carrier; a platform thread has to wake another core and be
 * woken by it, at ten times the price for each step of a history.
 */
final class VirtualDriver {

	private VirtualDriver() {
	}

	/**
	 * Runs work to its end. An interrupt of the caller waits until then.
	 * @param work the work; what it throws reaches the caller
	 */
	static void run(Runnable work) {
		if (Thread.currentThread().isVirtual()) {
			work.run();
			return;
		}
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		Thread driver = Thread.ofVirtual().name("workflow-replay").start(() -> {
			try {
				work.run();
			}
			catch (Throwable ex) {
				failure.set(ex);
			}
		});
		join(driver);
		switch (failure.get()) {
			case null -> {
			}
			case RuntimeException ex -> throw ex;
			case Error ex -> throw ex;
			case Throwable ex -> throw new IllegalStateException("Expected no checked exception of a replay", ex);
		}
	}

	private static void join(Thread driver) {
		boolean interrupted = false;
		while (true) {
			try {
				driver.join();
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
