package io.reprise.benchmarks;

import java.time.Duration;
import java.util.List;

import org.HdrHistogram.Histogram;

/**
 * Brings a workflow with a long history back into memory, again and again, with nothing
 * of it in any cache.
 */
final class ReplayCell {

	private final SystemUnderTest system;

	private final int events;

	private final Database database;

	ReplayCell(SystemUnderTest system, int events, Database database) {
		this.system = system;
		this.events = events;
		this.database = database;
	}

	List<Reading> run(String name, Duration warmUp, Duration measured, Profile profile) throws Exception {
		SystemUnderTest.Replay replay = system.longHistory(events);
		Histogram first = new Histogram(3);
		time(replay, first);
		repeat(replay, new Histogram(3), warmUp);
		Histogram warm = new Histogram(3);
		profile.start(database);
		repeat(replay, warm, measured);
		profile.stop();
		return List.of(reading(name, warm, 50), reading(name + "-p99", warm, 99), reading(name + "-first", first, 50));
	}

	private static void repeat(SystemUnderTest.Replay replay, Histogram times, Duration time) throws Exception {
		long deadline = System.nanoTime() + time.toNanos();
		do {
			time(replay, times);
		}
		while (System.nanoTime() < deadline);
	}

	private static void time(SystemUnderTest.Replay replay, Histogram times) throws Exception {
		long began = System.nanoTime();
		replay.run();
		times.recordValue((System.nanoTime() - began) / 1_000);
	}

	private static Reading reading(String name, Histogram times, double percentile) {
		return new Reading(name, times.getValueAtPercentile(percentile) / 1_000.0, "ms", Reading.Scale.NONE);
	}

}
