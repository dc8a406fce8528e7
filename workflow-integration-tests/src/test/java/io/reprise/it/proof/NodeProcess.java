package io.reprise.it.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** A {@link ProofNode} seen from outside. Safe for use by many threads. */
final class NodeProcess implements Node {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final String RUNS_AS = "Workflow engine runs as node ";

	private final Process process;

	private final Writer requests;

	private final ReentrantLock writing = new ReentrantLock();

	private final AtomicLong numbers = new AtomicLong();

	private final Map<Long, CompletableFuture<String>> open = new ConcurrentHashMap<>();

	private final CompletableFuture<NodeProcess> ready = new CompletableFuture<>();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private NodeProcess(Process process) {
		this.process = process;
		requests = process.outputWriter();
		Thread.ofPlatform().daemon().name("answers-of-" + process.pid()).start(this::read);
	}

	/**
	 * Launches the process, which waits for {@link #go}.
	 * @param url the database
	 * @param lease its lease
	 * @param properties system properties, such as where to halt
	 * @return the process
	 */
	static NodeProcess launch(String url, Duration lease, Map<String, String> properties) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-Xshare:auto",
						"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
		properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), ProofNode.class.getName(), url,
				lease.toString()));
		try {
			return new NodeProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Expected to launch a node", ex);
		}
	}

	private void read() {
		try (BufferedReader answers = process.inputReader()) {
			answers.lines().forEach(this::take);
		}
		catch (IOException | UncheckedIOException ex) {
			lines.add("the process was killed");
		}
		finally {
			IOException gone = new IOException("The process is gone");
			ready.completeExceptionally(gone);
			open.values().forEach((answer) -> answer.completeExceptionally(gone));
			ended.complete(null);
		}
	}

	private void take(String line) {
		String[] words = line.split(" ", 2);
		if (line.equals("ready")) {
			ready.complete(this);
		}
		else if (words.length == 2 && words[0].matches("\\d+")) {
			CompletableFuture<String> answer = open.remove(Long.parseLong(words[0]));
			if (answer != null) {
				answer.complete(words[1]);
			}
		}
		else {
			lines.add(line);
		}
	}

	/** Lets it connect and work. */
	void go() {
		write("go");
	}

	@Override
	public CompletableFuture<String> request(String request) {
		long number = numbers.incrementAndGet();
		CompletableFuture<String> answer = new CompletableFuture<>();
		open.put(number, answer);
		write(number + " " + request);
		if (ended.isDone()) {
			answer.completeExceptionally(new IOException("The process is gone"));
		}
		return answer;
	}

	private void write(String line) {
		writing.lock();
		try {
			requests.write(line + "\n");
			requests.flush();
		}
		catch (IOException ex) {
			// Its end is noticed where its answers are read
			lines.add("the process takes no requests");
		}
		finally {
			writing.unlock();
		}
	}

	@Override
	public boolean isReady() {
		return ready.isDone() && !ready.isCompletedExceptionally() && !ended.isDone();
	}

	/** Whether it waits for {@link #go} with all done that takes long. */
	boolean isWarm() {
		return lines.contains(ProofNode.WARM);
	}

	boolean hasEnded() {
		return ended.isDone();
	}

	/** What it printed besides answers. */
	List<String> lines() {
		return lines;
	}

	/** As which node it runs, or ran before it hung. */
	String nodeId() {
		return lines.stream()
			.filter((line) -> line.contains(RUNS_AS))
			.map((line) -> line.substring(line.indexOf(RUNS_AS) + RUNS_AS.length()))
			.reduce((first, second) -> second)
			.orElse("");
	}

	boolean hasHalted() {
		return lines.stream().anyMatch((line) -> line.startsWith(HaltPoint.LINE));
	}

	void kill() {
		process.destroyForcibly();
		ended.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
	}

	/** Stops it as a long pause of its machine would: it is not told. */
	void freeze() {
		signal("STOP");
	}

	void thaw() {
		signal("CONT");
	}

	/** Prints what its threads wait for, the virtual ones too, and what it has said. */
	void tellThreads() {
		Path file = Path.of("target", "threads-of-" + process.pid() + ".json").toAbsolutePath();
		run(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(process.pid()),
				"Thread.dump_to_file", "-overwrite", "-format=json", file.toString());
		System.out.println("threads in " + file + "; it said " + lines);
	}

	private void signal(String name) {
		run("kill", "-" + name, String.valueOf(process.pid()));
	}

	private static void run(String... command) {
		try {
			new ProcessBuilder(command).inheritIO().start().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
