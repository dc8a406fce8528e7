package io.reprise.benchmarks;

/**
 * One load: who does what, how many at a time.
 *
 * @param name name on the command line and prefix of its figures
 * @param kind what is done
 * @param activities activities of each workflow
 * @param clients callers at a time, each waiting for one call to end before the next
 */
public record Cell(String name, Kind kind, int activities, int clients) {

	/**
	 * What the clients of a cell do.
	 */
	public enum Kind {

		/** Start a workflow and wait for its end. */
		RUN,

		/**
		 * Start a workflow, timed until it is acknowledged, and wait for its end untimed.
		 */
		START,

		/** Start a workflow of local activities and wait for its end. */
		LOCAL,

		/** Start many workflows that sleep. */
		TIMER,

		/** Bring a workflow with a long history back, again and again. */
		REPLAY

	}

	/**
	 * The same load by fewer clients, if it has more than that.
	 * @param number how many
	 * @return a cell of the same name
	 */
	Cell withAtMost(int number) {
		return withClients(Math.min(number, clients));
	}

	/**
	 * The same load by more or fewer clients.
	 * @param number how many
	 * @return another cell of the same name
	 */
	Cell withClients(int number) {
		return new Cell(name, kind, activities, number);
	}

}
