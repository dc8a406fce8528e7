package io.reprise.it.transactions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A real process is killed in the moment in which its transaction has committed. */
abstract class KillAfterCommitSuite {

	@TempDir
	private Path directory;

	abstract String url();

	@Test
	void shouldGoOnWithWhatWasCommitted() throws Exception {
		String url = url();
		Path first = directory.resolve("first");
		Process process = run(first, url, "commit");
		try {
			await(process, first, "committed");
		}
		finally {
			process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
		}

		Path second = directory.resolve("second");
		process = run(second, url, "look");
		try {
			await(process, second, "done");
		}
		finally {
			process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
		}
		assertThat(lines(second)).contains("found packed " + KilledMain.STARTED, "found [bread]", "runs 0", "orders 1");
	}

	private static Process run(Path output, String url, String task) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				KilledMain.class.getName(), url, task)
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
	}

	private static void await(Process process, Path output, String line) throws IOException {
		Awaitility.await(line)
			.atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> lines(output).contains(line) || !process.isAlive());
		assertThat(lines(output)).contains(line);
	}

	private static List<String> lines(Path output) throws IOException {
		return Files.readString(output).lines().toList();
	}

}
