package io.reprise.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Figures on a database that holds millions of runs, each time beside those on an empty
 * one. One run is made by the engine and then multiplied inside the database, so that the
 * rows are what the engine writes. Each system runs in a process of its own with half a
 * gigabyte of heap.
 */
final class LongRuns {

	/** Runs that sleep for long. */
	static final String OPEN = "open";

	/** Runs that have ended. */
	static final String CLOSED = "closed";

	static final String UNIT = "of empty database";

	/** What the node may use, so what a million sleepers may. */
	private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m");

	private static final Duration SLEEP = Duration.ofDays(30);

	private static final String TEMPLATE = "template";

	private final PostgresServer server;

	private final Arguments arguments;

	private final Results results;

	private final PrintStream out;

	LongRuns(PostgresServer server, Arguments arguments, Results results, PrintStream out) {
		this.server = server;
		this.arguments = arguments;
		this.results = results;
		this.out = out;
	}

	void take(Floor floor) throws Exception {
		if (arguments.includes(OPEN)) {
			compare(OPEN, arguments.openRuns(), List.of("w10x256", "w1x256", "w1x1", "w10x1"), floor);
		}
		if (arguments.includes(CLOSED)) {
			compare(CLOSED, arguments.closedRuns(), List.of("w10x256", "w1x256"), floor);
		}
	}

	private void compare(String kind, long runs, List<String> cells, Floor floor) throws Exception {
		String empty = kind + "_without";
		String full = kind + "_with";
		String emptyUrl = server.createDatabase(empty);
		String fullUrl = server.createDatabase(full);
		try {
			fill(kind, fullUrl, runs);
			Map<String, Series> without = new LinkedHashMap<>();
			Map<String, Series> with = new LinkedHashMap<>();
			for (int round = 1; round <= arguments.longRounds(); round++) {
				takeTurn(empty, emptyUrl, cells, without);
				takeTurn(full, fullUrl, cells, with);
			}
			report(kind, without, with, floor);
		}
		finally {
			server.dropDatabase(empty);
			server.dropDatabase(full);
		}
	}

	private void fill(String kind, String url, long runs) throws Exception {
		try (SystemUnderTest system = Contender.REPRISE.start(surroundings(TEMPLATE, url))) {
			if (kind.equals(OPEN)) {
				SleepLog.current().expect(0);
				system.startSleeper(TEMPLATE, SLEEP);
			}
			else {
				system.run(TEMPLATE, 1);
			}
		}
		long began = System.nanoTime();
		Multiplication.of(url, TEMPLATE).multiply(runs);
		out.printf("%d %s runs laid in within %.0f s%n", runs, kind, (System.nanoTime() - began) / 1e9);
	}

	private void takeTurn(String name, String url, List<String> cells, Map<String, Series> taken) throws Exception {
		long began = System.nanoTime();
		try (ChildSession session = ChildSession.start(Contender.REPRISE, surroundings(name, url), server.database(),
				arguments, HEAP, out)) {
			List<Reading> readings = new ArrayList<>();
			readings.add(new Reading("ready", (System.nanoTime() - began) / 1e9, "s", Reading.Scale.NONE));
			readings.addAll(session.heap());
			for (String cell : cells) {
				readings.addAll(session.take(Cells.named(cell)));
			}
			for (Reading reading : readings) {
				taken.computeIfAbsent(reading.name(), (key) -> new Series(reading.unit())).add(reading.value(), null);
			}
		}
	}

	/** Start-up and heap as they are, all others by those of the empty database. */
	private void report(String kind, Map<String, Series> without, Map<String, Series> with, Floor floor) {
		with.forEach((name, series) -> {
			String figure = "%s-%s".formatted(kind, name);
			Series beside = Objects.requireNonNull(without.get(name));
			if (name.equals("ready") || name.equals("heap")) {
				add(figure, series.median(), series.unit(), floor);
				add(figure + "-empty", beside.median(), beside.unit(), floor);
			}
			else if (series.unit().endsWith("/s") || name.endsWith("-p50")) {
				add(figure, series.median() / beside.median(), UNIT, floor);
			}
		});
	}

	private void add(String figure, double value, String unit, Floor floor) {
		results.add(Contender.REPRISE, new Reading(figure, value, unit, Reading.Scale.NONE), floor);
	}

	private Surroundings surroundings(String name, String url) {
		Path home = arguments.target().resolve("contenders").resolve(name);
		return new Surroundings(url, home, arguments.target(), arguments.properties());
	}

}
