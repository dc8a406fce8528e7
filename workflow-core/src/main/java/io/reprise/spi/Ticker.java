package io.reprise.spi;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

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
	 * Parks the calling thread until somebody unparks it or so much time has passed. May
	 * return earlier, as parking may.
	 * @param limit how long at most
	 */
	default void park(Duration limit) {
		Thread parked = Thread.currentThread();
		Scheduled end = schedule(limit, () -> LockSupport.unpark(parked));
		try {
			LockSupport.park(this);
		}
		finally {
			end.cancel();
		}
	}

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
