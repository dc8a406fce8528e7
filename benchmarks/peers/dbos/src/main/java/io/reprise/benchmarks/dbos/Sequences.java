package io.reprise.benchmarks.dbos;

/**
 * The workflows, as DBOS wants them: an interface for its proxy.
 */
public interface Sequences {

	/**
	 * Runs steps that do nothing, one after the other.
	 * @param steps how many
	 * @param text what goes into the first
	 * @return what came out of the last
	 */
	String pass(int steps, String text);

	/**
	 * Sleeps once.
	 * @param id its workflow id
	 * @param millis how long
	 */
	void sleep(String id, long millis);

}
