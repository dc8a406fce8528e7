package io.reprise.spi;

import java.time.Duration;

/**
 * Monotonic time and delayed work. Tests replace it by a virtual one.
 */
public interface Ticker {

	/**
	 * Time that only goes forward.
	 * @return nanoseconds since some origin
	 */
	long nanos();

	/**
	 * Runs something later.
	 * @param delay how much later; zero or less means as soon as possible
	 * @param task short work that does not block
	 * @return what cancels it
	 */
	Scheduled schedule(Duration delay, Runnable task);

	/**
	 * Work that waits for its time.
	 */
	@FunctionalInterface
	interface Scheduled {

		/**
		 * Takes it back, if it has not begun.
		 */
		void cancel();

	}

}
