package io.reprise.it.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process of its own, to be killed, and what it prints.
 */
final class KilledProcess {

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private final Process process;

	KilledProcess(Class<?> main, String url) throws IOException {
		process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				main.getName(), url)
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

	/** The rest of the one line that begins so. */
	String line(String prefix) {
		return lines.stream()
			.filter((line) -> line.startsWith(prefix))
			.findFirst()
			.orElseThrow()
			.substring(prefix.length());
	}

	void awaitLine(String prefix, Duration patience) {
		awaitLines(prefix, 1, patience);
	}

	void awaitLines(String prefix, int number, Duration patience) {
		Awaitility.await(prefix)
			.atMost(patience)
			.pollInterval(Duration.ofMillis(10))
			.until(() -> count(prefix) >= number);
	}

	void kill() throws InterruptedException {
		process.destroyForcibly();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
	}

}
