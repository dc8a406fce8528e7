package io.reprise.replay;

import java.util.UUID;

/**
 * The random numbers of a run. Our own code, because a history lives longer than a
 * version of the JDK: the sequence of a run id must never change.
 * <p>
 * Method: a counter with a golden-ratio step, scrambled by a 64-bit finalizer (Steele,
 * Lea, Flood 2014).
 */
final class SplitMix64 {

	private static final long STEP = 0x9e3779b97f4a7c15L;

	private long state;

	SplitMix64(long seed) {
		state = seed;
	}

	/**
	 * The generator of a run: the seed is an FNV-1a hash of the run id.
	 */
	static SplitMix64 ofRun(String runId) {
		long hash = 0xcbf29ce484222325L;
		for (int i = 0; i < runId.length(); i++) {
			hash ^= runId.charAt(i);
			hash *= 0x100000001b3L;
		}
		return new SplitMix64(hash);
	}

	long next() {
		state += STEP;
		long z = state;
		z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
		z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
		return z ^ (z >>> 31);
	}

	SplitMix64 fork() {
		return new SplitMix64(state);
	}

	static UUID uuid(long high, long low) {
		return new UUID((high & 0xffffffffffff0fffL) | 0x4000L, (low & 0x3fffffffffffffffL) | 0x8000000000000000L);
	}

}
