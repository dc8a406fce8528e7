package io.reprise.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each cell for a moment, so that the benchmarks keep working. Their figures mean nothing
 * here.
 */
class BenchmarksIT {

	@Test
	void shouldTakeEveryFigure() throws Exception {
		Arguments arguments = Arguments.parse("--warm-up", "0.2", "--seconds", "0.5", "--clients", "4", "--sleepers",
				"20", "--sleep", "0.5", "--target", "target/smoke");
		ByteArrayOutputStream output = new ByteArrayOutputStream();

		Results results = new Benchmarks(arguments, new PrintStream(output)).run();

		assertThat(results.figures()).extracting(Figure::name).contains("floor");
		for (Mark mark : Mark.values()) {
			assertThat(results.figures()).as(mark.name()).extracting(Figure::name).contains(mark.figure());
		}
		assertThat(results.figures()).filteredOn((figure) -> !figure.name().startsWith("timer-"))
			.allSatisfy((figure) -> assertThat(figure.value()).isPositive());
		assertThat(output.toString()).contains("fsync=on, synchronous_commit=on");
		assertThat(Files.readAllLines(Path.of("target/smoke/results.csv"))).hasSize(results.figures().size() + 1);
	}

}
