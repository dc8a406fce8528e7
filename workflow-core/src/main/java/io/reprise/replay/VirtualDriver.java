package io.reprise.replay;

import java.util.concurrent.CompletableFuture;

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
		CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
		Thread.ofVirtual().name("workflow-replay").start(() -> {
			try {
				work.run();
				end.complete(null);
			}
			catch (Throwable ex) {
				end.complete(ex);
			}
		});
		switch (end.join()) {
			case null -> {
			}
			case RuntimeException ex -> throw ex;
			case Error ex -> throw ex;
			case Throwable ex -> throw new IllegalStateException("Expected no checked exception of a replay", ex);
		}
	}

}
