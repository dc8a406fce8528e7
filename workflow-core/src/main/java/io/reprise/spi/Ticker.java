package io.reprise.spi;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
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
	 * Makes threads for what may block and yet must not be late, such as a lease. They
	 * are platform threads: code of the application may hold all carriers of virtual ones
	 * for a while.
	 * @return makes threads
	 */
	default ThreadFactory punctualThreads() {
		return Thread.ofPlatform().name("workflow-punctual").daemon().factory();
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
