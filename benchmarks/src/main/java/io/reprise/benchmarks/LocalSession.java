package io.reprise.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.HdrHistogram.Histogram;

/**
 * Measures a system of this JVM.
 */
final class LocalSession implements Session {

	private static final int THOUSAND = 1_000;

	private static final int WARM_UP_CLIENTS = 64;

	private final SystemUnderTest system;

	private final Database database;

	private final Arguments arguments;

	private final PrintStream out;

	/** What many clients have already done here. */
	private final Set<Cell.Kind> warm = EnumSet.noneOf(Cell.Kind.class);

	LocalSession(SystemUnderTest system, Database database, Arguments arguments, PrintStream out) {
		this.system = system;
		this.database = database;
		this.arguments = arguments;
		this.out = out;
	}

	@Override
	public List<Reading> take(Cell wanted) throws Exception {
		Cell cell = wanted.withAtMost(arguments.clients());
		if (!system.supports(cell)) {
			return List.of();
		}
		if (arguments.rate() > 0) {
			return (cell.kind() == Cell.Kind.RUN && cell.clients() > 1) ? openLoop(cell, arguments.rate()) : List.of();
		}
		if (cell.kind() == Cell.Kind.REPLAY) {
			return new ReplayCell(system, arguments.events(), database).run(cell.name(), arguments.warmUp(),
					arguments.measured(), Profile.of(arguments.profile()));
		}
		if (cell.kind() == Cell.Kind.TIMER) {
			return timers(cell);
		}
		boolean single = cell.clients() == 1;
		if (single && !warm.contains(cell.kind())) {
			// One client is too slow to have the code compiled that it runs.
			new ClosedLoop(system, cell.withClients(Math.min(WARM_UP_CLIENTS, arguments.clients())), database)
				.run(arguments.warmUp(), Duration.ZERO, Profile.none());
		}
		warm.add(cell.kind());
		Profile profile = Profile.of(arguments.profile());
		Measurement measured = new ClosedLoop(system, cell, database)
			.run(single ? arguments.warmUp().dividedBy(3) : arguments.warmUp(), arguments.measured(), profile);
		profile.statements(database).forEach(out::println);
		long activities = measured.count() * cell.activities();
		out.printf("%s %s: %.0f workflows/s, p50 %.2f ms, p99 %.2f ms; %d activities%n  %s%n", system.name(),
				cell.name(), measured.perSecond(), measured.millis(50), measured.millis(99), activities,
				measured.used().perUnit(activities, measured.seconds()));
		return single ? latency(cell, measured) : throughput(cell, measured);
	}

	@Override
	public void close() {
		system.close();
	}

	private List<Reading> timers(Cell cell) throws Exception {
		Profile profile = Profile.of(arguments.profile());
		profile.start(database);
		List<Reading> readings = new TimerCell(system, arguments.sleepers(), arguments.sleep()).run(cell.name());
		profile.stop();
		return readings;
	}

	private List<Reading> openLoop(Cell cell, int rate) throws Exception {
		new ClosedLoop(system, cell, database).run(arguments.warmUp(), Duration.ZERO, Profile.none());
		Histogram latencies = new OpenLoop(system, cell, rate).run(arguments.warmUp().dividedBy(3),
				arguments.measured());
		String name = "w%d@%d".formatted(cell.activities(), rate);
		List<Reading> readings = new ArrayList<>();
		for (double percentile : new double[] { 50, 99, 99.9, 100 }) {
			readings.add(new Reading(
					(percentile == 100) ? name + "-max" : "%s-p%s".formatted(name, Figure.number(percentile)),
					latencies.getValueAtPercentile(percentile) / 1_000.0, "ms", Reading.Scale.LATENCY));
		}
		return readings;
	}

	private static List<Reading> latency(Cell cell, Measurement measured) {
		List<Reading> readings = new ArrayList<>();
		for (int percentile : new int[] { 50, 99 }) {
			readings.add(new Reading("%s-p%d".formatted(cell.name(), percentile), measured.millis(percentile), "ms",
					Reading.Scale.LATENCY));
		}
		return readings;
	}

	private static List<Reading> throughput(Cell cell, Measurement measured) {
		boolean single = cell.activities() == 1;
		double rate = measured.perSecond() * cell.activities();
		double cpu = measured.used().cpu() * THOUSAND / (measured.count() * cell.activities());
		return List.of(new Reading(cell.name(), rate, single ? "workflows/s" : "activities/s", Reading.Scale.RATE),
				new Reading(cell.name() + "-cpu", cpu, "CPU s/1,000 activities", Reading.Scale.CPU),
				new Reading(cell.name() + "-p50", measured.millis(50), "ms", Reading.Scale.NONE),
				new Reading(cell.name() + "-p99", measured.millis(99), "ms", Reading.Scale.NONE));
	}

}
