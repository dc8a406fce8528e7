package io.reprise.testkit.simulator;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

/**
 * Half of the seeds, as each JVM runs one schedule at a time.
 */
class EvenSeedsTests {

	@Test
	void shouldKeepItsPromises() {
		SimulatorRunner runner = new SimulatorRunner();

		runner.run(LongStream.rangeClosed(1, SimulatorRunner.seeds()).filter(seed -> seed % 2 == 0));

		runner.requireNoFailure();
		runner.requireEnoughTrouble();
	}

}
