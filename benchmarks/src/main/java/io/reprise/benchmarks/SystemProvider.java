package io.reprise.benchmarks;

/**
 * Starts a system under test. Implementations have a public constructor without
 * parameters: they are named by {@link Contender} and made where their libraries are.
 */
@FunctionalInterface
public interface SystemProvider {

	/**
	 * Starts it, ready for work.
	 * @param surroundings what it is given
	 * @return the running system; the caller closes it
	 * @throws Exception if it cannot be started
	 */
	SystemUnderTest start(Surroundings surroundings) throws Exception;

}
