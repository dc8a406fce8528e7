package io.reprise.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each cell for a moment, so that the benchmarks keep working. Their figures mean nothing
 * here.
 */
class BenchmarksIT {

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	@Test
	void shouldTakeEveryFigure() throws Exception {
		Results results = run("smoke", "--quick", "--warm-up", "0.3", "--seconds", "1", "--sleepers", "20", "--sleep",
				"0.5", "--events", "300");

		assertThat(results.figures()).extracting(Figure::name).contains("floor");
		for (Mark mark : Mark.values()) {
			if (!isOfMillions(mark.figure())) {
				assertThat(results.figures()).as(mark.name()).extracting(Figure::name).contains(mark.figure());
			}
		}
		assertThat(results.figures()).filteredOn((figure) -> !figure.name().startsWith("timer-"))
			.allSatisfy((figure) -> assertThat(figure.value()).isPositive());
		assertThat(output.toString()).contains("fsync=on, synchronous_commit=on");
		assertThat(Files.readAllLines(Path.of("target/smoke/results.csv"))).hasSize(results.figures().size() + 1);
	}

	@Test
	void shouldMultiplyRunsAndMeasureInProcessesOfTheirOwn() throws Exception {
		Results results = run("smoke-many", "--only", "open", "--open-runs", "50", "--rounds", "1", "--warm-up", "0.2",
				"--seconds", "0.5");

		assertThat(output.toString()).contains("50 open runs laid in");
		assertThat(results.figures()).extracting(Figure::name)
			.contains("open-ready", "open-heap", "open-w10x256", "open-w1x256", "open-w1x1-p50", "open-w10x1-p50");
	}

	private Results run(String target, String... args) throws Exception {
		List<String> all = new ArrayList<>(List.of("--clients", "4", "--target", "target/" + target));
		all.addAll(Arrays.asList(args));
		return new Benchmarks(Arguments.parse(all.toArray(String[]::new)), new PrintStream(output)).run();
	}

	private static boolean isOfMillions(String figure) {
		return figure.startsWith(LongRuns.OPEN + "-") || figure.startsWith(LongRuns.CLOSED + "-");
	}

}
