package io.reprise.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A system in a JVM of its own, so that no two contenders share libraries, heap or
 * compiled code. The loop of the clients runs there too. Each line to it names a cell;
 * {@link Child} says what comes back.
 */
final class ChildSession implements Session {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final Duration FAREWELL = Duration.ofSeconds(30);

	private final Process process;

	private final BufferedReader answers;

	private final PrintStream requests;

	private final PrintStream out;

	/** Processes that it has started, which would outlive its sudden death. */
	private List<ProcessHandle> helpers = List.of();

	private ChildSession(Process process, PrintStream out) {
		this.process = process;
		this.answers = process.inputReader(StandardCharsets.UTF_8);
		this.requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
		this.out = out;
	}

	/**
	 * Starts a JVM with the options of this one.
	 * @param contender which system
	 * @param surroundings what it is given
	 * @param database the server of this run
	 * @param arguments of this run
	 * @param options of the JVM, which come before those of this one
	 * @param out where notes go
	 * @return the session, once the system is ready
	 * @throws IOException if it does not get ready
	 */
	static ChildSession start(Contender contender, Surroundings surroundings, Database database, Arguments arguments,
			List<String> options, PrintStream out) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(ProcessHandle.current().info().command().orElse("java"));
		command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
		command.addAll(options);
		command.addAll(List.of("-cp", classPath(contender), Child.class.getName(), contender.name(),
				surroundings.databaseUrl(), surroundings.home().toString(), database.url(),
				Long.toString(database.pid())));
		command.addAll(arguments.forChildren());
		empty(surroundings.home());
		Path log = surroundings.home().resolve("log.txt");
		Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
		ChildSession session = new ChildSession(process, out);
		try {
			session.readings();
			session.helpers = process.descendants().toList();
		}
		catch (IOException ex) {
			session.close();
			throw new IOException(
					"Expected %s to start, but %s; see %s".formatted(contender.label(), ex.getMessage(), log), ex);
		}
		return session;
	}

	@Override
	public List<Reading> take(Cell cell) throws IOException {
		requests.println(cell.name());
		return readings();
	}

	/** What it keeps in memory. */
	List<Reading> heap() throws IOException {
		requests.println(Child.HEAP);
		return readings();
	}

	@Override
	public void close() {
		requests.close();
		try {
			if (!process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
				kill();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			kill();
		}
		helpers.forEach(ProcessHandle::destroyForcibly);
	}

	/** Nobody shall find what an earlier run has left. */
	private static void empty(Path directory) throws IOException {
		Files.createDirectories(directory);
		try (Stream<Path> found = Files.walk(directory)) {
			for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(path);
			}
		}
		Files.createDirectories(directory);
	}

	private static String classPath(Contender contender) throws IOException {
		String libraries = Files.readString(contender.classPathFile()).strip();
		return String.join(System.getProperty("path.separator"), contender.classes().toString(),
				Contender.REPRISE.classes().toString(), libraries);
	}

	private List<Reading> readings() throws IOException {
		Executor later = CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		CompletableFuture<Void> watchdog = CompletableFuture.runAsync(this::kill, later);
		try {
			List<Reading> readings = new ArrayList<>();
			while (true) {
				String line = answers.readLine();
				if (line == null) {
					throw new IOException("its process ended");
				}
				if (line.equals(Child.DONE)) {
					return readings;
				}
				if (line.startsWith(Child.FAILED)) {
					throw new IOException("it failed: " + line.substring(Child.FAILED.length()));
				}
				if (line.startsWith(Child.READING)) {
					readings.add(Reading.parse(line.substring(Child.READING.length())));
				}
				else {
					out.println(line);
				}
			}
		}
		finally {
			watchdog.cancel(false);
		}
	}

	private void kill() {
		process.descendants().forEach(ProcessHandle::destroyForcibly);
		process.destroyForcibly();
	}

}
