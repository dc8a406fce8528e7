package io.reprise.testkit.simulator;

import java.lang.reflect.Constructor;
import java.util.concurrent.Executor;

/**
 * Makes virtual threads that run where an executor of ours lets them. A virtual thread
 * that such a thread starts inherits the executor, so production code needs no seam.
 */
final class DrivenThreads {

	private static final Constructor<?> CONSTRUCTOR = find();

	private DrivenThreads() {
	}

	/**
	 * Starts a thread.
	 * @param scheduler gets what the thread has to run, each time it can go on
	 * @param name its name
	 * @param work what it does
	 */
	static void start(Executor scheduler, String name, Runnable work) {
		try {
			((Thread) CONSTRUCTOR.newInstance(scheduler, name, 0, work)).start();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Expected to make a virtual thread", ex);
		}
	}

	private static Constructor<?> find() {
		try {
			Constructor<?> constructor = Class.forName("java.lang.VirtualThread")
				.getDeclaredConstructor(Executor.class, String.class, int.class, Runnable.class);
			constructor.setAccessible(true);
			return constructor;
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			throw new IllegalStateException(
					"Expected to choose the scheduler of virtual threads, but this JVM does not let us. "
							+ "Start it with --add-opens java.base/java.lang=ALL-UNNAMED on JDK 25",
					ex);
		}
	}

}
