package io.reprise.testkit.simulator;

import java.time.Duration;

/**
 * What kind of story a seed tells: how many take part, how they are configured, and how
 * likely each fault is.
 *
 * @param nodes replicas on the one store
 * @param workflows workflow ids that clients use
 * @param clients who act at the same time
 * @param operations what each client does, at most
 * @param lanes lanes of an engine
 * @param batch commands in a commit, at most
 * @param cachedRuns runs that an engine remembers
 * @param cachedWorkflows workflows that a worker remembers
 * @param slots turns, and attempts, at a time
 * @param clockSync how often an engine asks for the time
 * @param shuffle how often not the thread that waited longest goes on
 * @param yield how often others go on in the midst of a call to a store
 * @param slow how often a call takes its time
 * @param crash how often a node dies at a call
 * @param storeFault how often a call to the store fails
 * @param duplicate how often a task or an outcome comes twice
 * @param delay how often it comes late
 * @param drop how often it is lost, which only happens to nodes about to die
 * @param lostAnswer how often a worker is not told that its outcome was taken
 * @param events deaths, pauses, stops and jumps of the clock from outside
 * @param horizon when the last of the trouble is over
 * @param stop how often a node is stopped in a commit that creates a run, between what it
 * decided and what it writes
 */
record Plan(int nodes, int workflows, int clients, int operations, int lanes, int batch, int cachedRuns,
		int cachedWorkflows, int slots, Duration clockSync, double shuffle, double yield, double slow, double crash,
		double storeFault, double duplicate, double delay, double drop, double lostAnswer, int events, Duration horizon,
		double stop) {

	/**
	 * Nothing goes wrong, nothing is remembered: each turn and each decision begins with
	 * what is stored.
	 */
	static final Plan FORGETFUL = new Plan(1, 1, 1, 4, 1, 256, 0, 0, 16, Duration.ZERO, 0, 0.1, 0, 0, 0, 0, 0, 0, 0, 0,
			Duration.ZERO, 0);

	/** Nothing goes wrong but what somebody chooses. */
	static final Plan ORDERLY = new Plan(2, 1, 2, 4, 1, 256, 1000, 1000, 16, Duration.ofSeconds(5), 0, 0.2, 0, 0, 0, 0,
			0, 0, 0, 0, Duration.ZERO, 0);

	static Plan draw(Chance chance) {
		boolean faulty = chance.in(0.9);
		double intensity = chance.oneOf(0.3, 1.0, 1.0, 3.0);
		return new Plan(chance.oneOf(1, 2, 2, 3), (int) chance.between(1, 3), (int) chance.between(1, 3),
				(int) chance.between(2, 8), (int) chance.between(1, 2), chance.oneOf(1, 2, 8, 256),
				chance.oneOf(0, 1, 3, 1000), chance.oneOf(0, 1, 1000, 1000), chance.oneOf(1, 2, 16),
				chance.oneOf(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5)), chance.oneOf(0.0, 0.3, 1.0),
				chance.oneOf(0.1, 0.5, 1.0), chance.oneOf(0.0, 0.02, 0.2), some(chance, faulty, 0.004 * intensity),
				some(chance, faulty, 0.01 * intensity), some(chance, faulty, 0.1 * intensity),
				some(chance, faulty, 0.1 * intensity), some(chance, faulty, 0.01 * intensity),
				some(chance, faulty, 0.03 * intensity), faulty ? chance.below(5) : 0, Duration.ofSeconds(20),
				some(chance, faulty, 0.3 * intensity));
	}

	private static double some(Chance chance, boolean faulty, double probability) {
		return (faulty && chance.in(0.5)) ? probability : 0;
	}

}
