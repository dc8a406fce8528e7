package io.reprise.testkit.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the simulator must be to be trusted: reproducible, and able to find bugs.
 */
class SimulatorTests {

	private static final int SEEDS_TO_FIND_A_BUG = 300;

	static Stream<Long> regressions() throws IOException {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(
				Objects.requireNonNull(SimulatorTests.class.getResourceAsStream("regression-seeds.txt")),
				StandardCharsets.UTF_8))) {
			return reader.lines()
				.map(line -> line.replaceFirst("#.*", "").strip())
				.filter(line -> !line.isEmpty())
				.map(Long::valueOf)
				.toList()
				.stream();
		}
	}

	@ParameterizedTest
	@MethodSource("regressions")
	void shouldSurviveWhatOnceFailed(long seed) {
		Simulation.Outcome outcome = Simulation.run(seed);

		assertThat(outcome.failure()).describedAs(outcome::describe).isNull();
	}

	@Test
	void shouldTellTheSameStoryTwice() {
		for (long seed = 1; seed <= 100; seed++) {
			String first = Simulation.run(seed).trace();
			String second = Simulation.run(seed).trace();

			assertThat(second).describedAs("seed " + seed).isEqualTo(first);
		}
	}

	@ParameterizedTest
	@EnumSource(Bug.class)
	void shouldFind(Bug bug) {
		boolean found = LongStream.rangeClosed(1, SEEDS_TO_FIND_A_BUG)
			.anyMatch(seed -> Simulation.run(seed, null, bug, null).failure() != null);

		assertThat(found).isTrue();
	}

}
