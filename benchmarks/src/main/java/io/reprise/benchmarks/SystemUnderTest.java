package io.reprise.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * Something that runs durable workflows. Each implementation adapts one product, as well
 * tuned as its makers advise. Any number of threads may call it.
 */
public interface SystemUnderTest extends AutoCloseable {

	/**
	 * Name in tables.
	 * @return a short name
	 */
	String name();

	/**
	 * Runs a workflow of sequential no-op activities, with small strings in and out, to
	 * its end.
	 * @param id a workflow id that was not used before
	 * @param activities number of activities
	 * @throws Exception if it did not end as it should
	 */
	default void run(String id, int activities) throws Exception {
		start(id, activities).await();
	}

	/**
	 * Runs a workflow of sequential no-op activities inside the worker, to its end.
	 * @param id a workflow id that was not used before
	 * @param activities number of activities
	 * @throws Exception if it did not end as it should, or this system has no such thing
	 */
	default void runLocal(String id, int activities) throws Exception {
		throw new UnsupportedOperationException(
				"Expected %s to run activities inside the worker, but it does not".formatted(name()));
	}

	/**
	 * Starts such a workflow; returns when the start is acknowledged.
	 * @param id a workflow id that was not used before
	 * @param activities number of activities
	 * @return the workflow under way
	 * @throws Exception if it cannot be started
	 */
	Started start(String id, int activities) throws Exception;

	/**
	 * Starts a workflow that sleeps once and tells the log when it called sleep and when
	 * it woke.
	 * @param id a workflow id that was not used before
	 * @param time how long to sleep
	 * @throws Exception if it cannot be started
	 */
	void startSleeper(String id, Duration time) throws Exception;

	/**
	 * Whether this system has an equivalent of a cell.
	 * @param cell the cell
	 * @return whether it can be run
	 */
	default boolean supports(Cell cell) {
		return cell.kind() != Cell.Kind.REPLAY && cell.kind() != Cell.Kind.LOCAL;
	}

	/**
	 * Runs a workflow that ends with a long history.
	 * @param events about how many events
	 * @return what brings it back into memory from what is stored, each time anew
	 * @throws Exception if it did not end as it should
	 */
	default Replay longHistory(int events) throws Exception {
		throw new UnsupportedOperationException("Expected a system that supports the cell, but it is " + name());
	}

	/**
	 * Process ids of further processes that work for this system, besides this JVM and
	 * the database.
	 * @return the roots; their children count too
	 */
	default List<Long> processes() {
		return List.of();
	}

	@Override
	void close();

	/**
	 * A workflow with a long history.
	 */
	@FunctionalInterface
	interface Replay {

		/**
		 * Reads its history and runs its code against it.
		 * @throws Exception if that fails
		 */
		void run() throws Exception;

	}

	/**
	 * A workflow under way.
	 */
	@FunctionalInterface
	interface Started {

		/**
		 * Waits for its end.
		 * @throws Exception if it did not end as it should
		 */
		void await() throws Exception;

	}

}
