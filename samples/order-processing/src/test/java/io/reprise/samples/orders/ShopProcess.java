package io.reprise.samples.orders;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The shop in a process of its own, which can be killed. Not safe for use by several
 * threads.
 */
final class ShopProcess implements AutoCloseable {

	/** A process that hangs is killed, so that whoever reads its output goes on. */
	private static final int LIMIT_MINUTES = 10;

	private final Process process;

	private final BufferedReader output;

	private final List<String> lines = new ArrayList<>();

	private ShopProcess(Process process) {
		this.process = process;
		this.output = process.inputReader();
	}

	static ShopProcess start(String url) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process process = new ProcessBuilder(java, "-Xmx512m", "-cp", System.getProperty("java.class.path"),
				OrderProcessingApplication.class.getName(), "--spring.datasource.url=" + url,
				"--shop.until-pickup=300ms")
			.redirectErrorStream(true)
			.start();
		process.onExit()
			.orTimeout(LIMIT_MINUTES, TimeUnit.MINUTES)
			.whenComplete((ended, late) -> process.destroyForcibly());
		return new ShopProcess(process);
	}

	/**
	 * Waits for lines of output.
	 * @return whether as many came, or the output ended before
	 */
	boolean awaitLines(int count) {
		try {
			while (lines.size() < count) {
				String line = output.readLine();
				if (line == null) {
					return false;
				}
				lines.add(line);
			}
			return true;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int awaitEnd() throws InterruptedException {
		awaitLines(Integer.MAX_VALUE);
		return process.waitFor();
	}

	/**
	 * Everything the process has written so far and was waited for.
	 */
	List<String> lines() {
		return lines;
	}

	void kill() throws InterruptedException {
		process.destroyForcibly().waitFor();
	}

	@Override
	public void close() throws InterruptedException {
		kill();
	}

}
