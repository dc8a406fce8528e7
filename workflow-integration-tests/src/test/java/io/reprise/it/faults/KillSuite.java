package io.reprise.it.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real process is killed at random moments and started again, until all its workflows
 * have ended.
 */
abstract class KillSuite {

	private static final int KILLS = 3;

	/** Well before the lease of 15 s is over, even where the machine is busy. */
	private static final Duration AT_ONCE = Duration.ofSeconds(10);

	abstract TestDatabase database();

	@Test
	void shouldGoOnAtOnceAfterEachKillAndRunNoRecordedStepAgain() throws Exception {
		String url = database().createUrl(getClass());
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int kill = 1; kill <= KILLS; kill++) {
			Child child = new Child(url);
			try {
				child.awaitLine("ready", Duration.ofMinutes(2));
				long atOnce = (kill > 1) ? AT_ONCE.toMillis() : Duration.ofMinutes(1).toMillis();
				child.awaitLine("progress", Duration.ofMillis(atOnce));
				int lines = 1 + random.nextInt(8);
				Awaitility.await("seed " + seed)
					.atMost(Duration.ofMinutes(1))
					.until(() -> child.count("progress") >= lines || child.count("done") > 0);
			}
			finally {
				child.kill();
			}
		}

		Child last = new Child(url);
		try {
			last.awaitLine("done", Duration.ofMinutes(3));
		}
		finally {
			last.kill();
		}
		assertThat(last.lines()).as("seed " + seed)
			.contains("out of order 0", "distinct " + FaultMain.WORKFLOWS * FaultMain.STEPS);
		assertThat(last.count("result ")).isEqualTo(FaultMain.WORKFLOWS);
		assertThat(last.lines()).filteredOn((line) -> line.startsWith("result "))
			.allMatch((line) -> line.endsWith(" " + FaultMain.STEPS));
	}

	/**
	 * The process.
	 */
	private static final class Child {

		private final List<String> lines = new CopyOnWriteArrayList<>();

		private final Process process;

		Child(String url) throws IOException {
			process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
					"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
					FaultMain.class.getName(), url)
				.redirectErrorStream(true)
				.start();
			Thread.ofPlatform().daemon().name("output-of-" + process.pid()).start(this::read);
		}

		private void read() {
			try (BufferedReader reader = new BufferedReader(
					new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
				reader.lines().forEach(lines::add);
			}
			catch (IOException | UncheckedIOException ex) {
				lines.add("the process was killed");
			}
		}

		List<String> lines() {
			return lines;
		}

		long count(String prefix) {
			return lines.stream().filter((line) -> line.startsWith(prefix)).count();
		}

		void awaitLine(String prefix, Duration patience) {
			Awaitility.await(prefix)
				.atMost(patience)
				.pollInterval(Duration.ofMillis(10))
				.until(() -> count(prefix) > 0);
		}

		void kill() throws InterruptedException {
			process.destroyForcibly();
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		}

	}

}
