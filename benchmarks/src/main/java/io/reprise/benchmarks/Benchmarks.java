package io.reprise.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.reprise.benchmarks.reprise.RepriseSystem;

/**
 * Takes the figures. See the script {@code run} of this module.
 */
public final class Benchmarks {

	private static final int THOUSAND = 1_000;

	private static final int WARM_UP_CLIENTS = 64;

	private final Arguments arguments;

	private final PrintStream out;

	private final Results results = new Results();

	Benchmarks(Arguments arguments, PrintStream out) {
		this.arguments = arguments;
		this.out = out;
	}

	/**
	 * Takes the figures and ends the JVM: with 0, or with 1 if a figure is below its
	 * mark.
	 * @param args as the script {@code run} explains them
	 * @throws Exception if a figure cannot be taken
	 */
	public static void main(String[] args) throws Exception {
		Arguments arguments = Arguments.parse(args);
		Results results = new Benchmarks(arguments, System.out).run();
		List<String> failures = results.failures();
		failures.forEach(System.out::println);
		// A profiler slows down what it watches.
		System.exit((failures.isEmpty() || arguments.profile() != null) ? 0 : 1);
	}

	Results run() throws Exception {
		try (PostgresServer server = PostgresServer.start(arguments.target().resolve("postgres"),
				arguments.profile() != null)) {
			out.println(server.describe());
			out.printf("Java %s, %d processors, %d MB heap%n", Runtime.version(),
					Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory() >> 20);
			Floor floor = Floor.measure(server, arguments.warmUp().dividedBy(3), arguments.measured().dividedBy(2));
			results.add("floor", floor.perSecond(), "transactions/s", 1.0);
			results.add("floor-cpu", floor.cpuPerThousand(), "CPU s/1,000 transactions", 1.0);
			try (SystemUnderTest system = RepriseSystem.start(server.createDatabase("reprise"),
					arguments.properties())) {
				for (Cell cell : Cells.all()) {
					if (arguments.includes(cell)) {
						measure(system, cell.withAtMost(arguments.clients()), server, floor);
					}
				}
			}
		}
		Path file = arguments.target().resolve("results.csv");
		results.write(file);
		out.println();
		results.print(out);
		return results;
	}

	private void measure(SystemUnderTest system, Cell cell, PostgresServer server, Floor floor) throws Exception {
		if (cell.kind() == Cell.Kind.TIMER) {
			new TimerCell(system, arguments.sleepers(), arguments.sleep()).run(cell.name(), results);
			return;
		}
		Path file = arguments.profile();
		Profile profile = (file != null) ? Profile.to(file) : Profile.none();
		if (cell.clients() == 1) {
			// One client is too slow to have the code compiled that it runs.
			new ClosedLoop(system, cell.withClients(Math.min(WARM_UP_CLIENTS, arguments.clients())), server)
				.run(arguments.warmUp(), Duration.ZERO, Profile.none());
		}
		Measurement measured = new ClosedLoop(system, cell, server).run(
				(cell.clients() == 1) ? arguments.warmUp().dividedBy(3) : arguments.warmUp(), arguments.measured(),
				profile);
		if (file != null) {
			server.statements().forEach(out::println);
		}
		long activities = measured.count() * cell.activities();
		out.printf("%s %s: %.0f workflows/s, p50 %.2f ms, p99 %.2f ms; %d activities%n  %s%n", system.name(),
				cell.name(), measured.perSecond(), measured.millis(50), measured.millis(99), activities,
				measured.used().perUnit(activities, measured.seconds()));
		if (cell.clients() == 1) {
			addLatency(cell, measured, floor);
		}
		else {
			addThroughput(cell, measured, floor);
		}
	}

	private void addLatency(Cell cell, Measurement measured, Floor floor) {
		for (int percentile : new int[] { 50, 99 }) {
			double millis = measured.millis(percentile);
			results.add("%s-p%d".formatted(cell.name(), percentile), millis, "ms", millis / floor.millis());
		}
	}

	private void addThroughput(Cell cell, Measurement measured, Floor floor) {
		boolean single = cell.activities() == 1;
		double rate = measured.perSecond() * cell.activities();
		results.add(cell.name(), rate, single ? "workflows/s" : "activities/s", rate / floor.perSecond());
		double cpu = measured.used().cpu() * THOUSAND / (measured.count() * cell.activities());
		results.add(cell.name() + "-cpu", cpu, "CPU s/1,000 activities", cpu / floor.cpuPerThousand());
		results.add(cell.name() + "-p50", measured.millis(50), "ms", null);
		results.add(cell.name() + "-p99", measured.millis(99), "ms", null);
	}

}
