package io.reprise.testkit.simulator;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

/**
 * Random programs, and nothing is remembered: before each turn the history is replayed on
 * a new machine, before each decision the run is loaded. Afterwards each history is cut
 * after each of its events, folded, replayed and gone on with.
 */
class RestartTests {

	@Test
	void shouldFindItsWayAfterEveryEvent() {
		SimulatorRunner runner = new SimulatorRunner();

		runner.run(LongStream.rangeClosed(1, SimulatorRunner.seeds() / 2), Plan.FORGETFUL, null);

		runner.requireNoFailure();
	}

}
