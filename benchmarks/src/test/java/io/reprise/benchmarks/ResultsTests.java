package io.reprise.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link Results}.
 */
class ResultsTests {

	private final Results results = new Results();

	private final Floor floor = new Floor(1_000, 0.5);

	@Test
	void shouldCompareMediansWithTheBestDurablePeer(@TempDir Path directory) throws Exception {
		rate(Contender.REPRISE, 12_000, 8_000, 11_000);
		rate(Contender.DBOS, 1_000, 2_000, 1_500);
		rate(Contender.RESTATE, 5_500, 5_000, 5_250);
		rate(Contender.TEMPORAL, 90_000);

		Path file = directory.resolve("results.csv");
		results.write(file);

		assertThat(Files.readAllLines(file)).containsExactly(
				"name,value,unit,floor_ratio,best_peer,best_peer_value,peer_ratio",
				"w10x256,11000.0,activities/s,11.0,restate,5250.0,2.0952380952380953",
				"dbos/w10x256,1500.0,activities/s,1.5,,,", "restate/w10x256,5250.0,activities/s,5.25,,,",
				"temporal/w10x256,90000.0,activities/s,90.0,,,");
		assertThat(results.failures())
			.containsExactly("Expected w10x256 >= 3.500 times that of restate, but it is 2.095");
	}

	@Test
	void shouldTakeTheLowestLatencyForTheBest() {
		latency(Contender.REPRISE, 2);
		latency(Contender.DBOS, 1.8);
		latency(Contender.RESTATE, 6);

		assertThat(results.failures()).containsExactly("Expected w1x1-p50 <= 1.300 ms, but it is 2",
				"Expected w1x1-p50 <= 0.750 times that of dbos, but it is 1.111");
	}

	@Test
	void shouldNotFailForWhatCouldNotBeCompared() {
		rate(Contender.REPRISE, 10_000);

		assertThat(results.failures()).isEmpty();
		assertThat(results.figures()).extracting(Figure::bestPeer, Figure::peerRatio)
			.containsExactly(tuple(null, null));
	}

	@Test
	void shouldReadWhatItWrote() {
		for (Reading reading : List.of(new Reading("w1x1-p50", 1.25, "ms", Reading.Scale.LATENCY),
				new Reading("w10x256-cpu", 0.5, "CPU s/1,000 activities", Reading.Scale.CPU))) {
			assertThat(Reading.parse(reading.line())).isEqualTo(reading);
		}
	}

	private void rate(Contender contender, double... values) {
		for (double value : values) {
			results.add(contender, new Reading("w10x256", value, "activities/s", Reading.Scale.RATE), floor);
		}
	}

	private void latency(Contender contender, double value) {
		results.add(contender, new Reading("w1x1-p50", value, "ms", Reading.Scale.LATENCY), floor);
	}

}
