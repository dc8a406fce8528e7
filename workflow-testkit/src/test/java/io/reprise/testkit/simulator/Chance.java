package io.reprise.testkit.simulator;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws from a seed.
 */
final class Chance {

	private final SplittableRandom random;

	Chance(long seed) {
		this(new SplittableRandom(seed));
	}

	private Chance(SplittableRandom random) {
		this.random = random;
	}

	/**
	 * A stream of its own, so that more draws from one do not change the other.
	 */
	Chance split() {
		return new Chance(random.split());
	}

	boolean in(double probability) {
		return probability > 0 && random.nextDouble() < probability;
	}

	/** From 0, less than the bound. */
	int below(int bound) {
		return random.nextInt(bound);
	}

	/** From the first to the last, both included. */
	long between(long first, long last) {
		return random.nextLong(first, last + 1);
	}

	<T> T pick(List<T> choices) {
		return choices.get(random.nextInt(choices.size()));
	}

	@SafeVarargs
	final <T> T oneOf(T... choices) {
		return choices[random.nextInt(choices.length)];
	}

}
