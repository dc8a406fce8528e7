package io.reprise.testkit.simulator;

import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One node dies, or is stopped for a while, at its first call to anything outside of it,
 * at its second, and so on.
 */
class CrashPointTests {

	private static final long CALLS = 150;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void shouldSurviveDeathAtEveryCall(long seed) {
		surviveAtEveryCall(seed, "before", "after");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void shouldSurviveAStopAtEveryCall(long seed) {
		surviveAtEveryCall(seed, "stopped");
	}

	private static void surviveAtEveryCall(long seed, String... moments) {
		SimulatorRunner runner = new SimulatorRunner();
		long calls = Math.min(CALLS, Simulation.run(seed, Plan.ORDERLY, Mutation.NONE, null).calls());

		for (long call = 1; call <= calls; call++) {
			for (String moment : moments) {
				runner.run(LongStream.of(seed), Plan.ORDERLY, new Simulation.CrashPoint(call, moment));
			}
		}

		runner.requireNoFailure();
		runner.requireFaults(calls * moments.length);
	}

}
