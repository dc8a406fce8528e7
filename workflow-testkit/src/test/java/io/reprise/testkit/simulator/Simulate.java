package io.reprise.testkit.simulator;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Runs any number of seeds, as long as it takes: what it has done is in a file, and it
 * goes on from there.
 */
public final class Simulate {

	private static final int SEEDS_BETWEEN_NOTES = 200;

	private final Properties progress = new Properties();

	private final Path file;

	private Simulate(Path file) {
		this.file = file;
	}

	/**
	 * Runs seeds.
	 * @param args {@code --from} the first, {@code --count} how many, {@code --jobs} and
	 * {@code --job} to run only each so-manieth of them, {@code --progress} the file; or
	 * {@code --trace} one seed to tell all about
	 */
	public static void main(String[] args) throws IOException {
		Map<String, String> options = new HashMap<>();
		for (int i = 0; i + 1 < args.length; i += 2) {
			options.put(args[i], args[i + 1]);
		}
		if (options.containsKey("--trace")) {
			tell(Long.parseLong(options.get("--trace")));
			return;
		}
		long from = Long.parseLong(options.getOrDefault("--from", "1"));
		long count = Long.parseLong(options.getOrDefault("--count", "10000"));
		int jobs = Integer.parseInt(options.getOrDefault("--jobs", "1"));
		int job = Integer.parseInt(options.getOrDefault("--job", "0"));
		Path file = Path.of(options.getOrDefault("--progress", "target/simulate-" + job + ".properties"));
		System.exit(new Simulate(file).run(from, count, jobs, job) ? 0 : 1);
	}

	private static void tell(long seed) {
		Simulation.Outcome outcome = Simulation.run(seed);
		System.out.println(outcome.trace());
		System.out.println(outcome.describe());
		if (outcome.cause() != null) {
			outcome.cause().printStackTrace(System.out);
		}
	}

	private boolean run(long from, long count, int jobs, int job) throws IOException {
		String range = from + "+" + count + " " + job + "/" + jobs;
		if (Files.exists(file)) {
			try (Reader reader = Files.newBufferedReader(file)) {
				progress.load(reader);
			}
		}
		if (!range.equals(progress.getProperty("range"))) {
			progress.clear();
			progress.setProperty("range", range);
		}
		long start = System.nanoTime();
		List<String> failures = new ArrayList<>();
		long done = 0;
		for (long seed = from + job + number("schedules") * jobs; seed < from + count; seed += jobs) {
			take(Simulation.run(seed), failures);
			if (++done % SEEDS_BETWEEN_NOTES == 0) {
				note(failures);
			}
		}
		note(failures);
		System.out.printf("%s%n%.0f schedules a minute%n", progress, done / ((System.nanoTime() - start) / 60e9));
		return number("failures") == 0;
	}

	private void take(Simulation.Outcome outcome, List<String> failures) {
		add("schedules", 1);
		add("commits", outcome.commits());
		add("events", outcome.events());
		add("faults", outcome.faults().size());
		add("acknowledged", outcome.acknowledged());
		add("rejectedStaleWrites", outcome.lostRaces());
		if (outcome.failure() != null) {
			add("failures", 1);
			failures.add(outcome.describe());
			System.out.println(outcome.describe());
		}
	}

	private long number(String name) {
		return Long.parseLong(progress.getProperty(name, "0"));
	}

	private void add(String name, long more) {
		progress.setProperty(name, Long.toString(number(name) + more));
	}

	private void note(List<String> failures) throws IOException {
		Files.createDirectories(file.toAbsolutePath().getParent());
		try (Writer writer = Files.newBufferedWriter(file)) {
			progress.store(writer, null);
		}
		Path failed = Path.of(file + ".failures");
		Files.write(failed, failures, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		failures.clear();
	}

}
