package io.reprise.testkit.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs schedules for tests, and sums up, as a run in which nothing happens proves
 * nothing.
 */
final class SimulatorRunner {

	private final List<String> failures = new ArrayList<>();

	private long faults;

	private long acknowledged;

	private long lostRaces;

	private long commits;

	private long events;

	private long schedules;

	/** How many schedules a full run of this machine's build has. */
	static long seeds() {
		return Long.getLong("simulator.seeds", 10_000);
	}

	void run(LongStream seeds) {
		run(seeds, null, null);
	}

	void run(LongStream seeds, @Nullable Plan plan, Simulation.@Nullable CrashPoint crashPoint) {
		seeds.takeWhile(seed -> failures.size() < 3)
			.forEach(seed -> take(Simulation.run(seed, plan, Mutation.NONE, crashPoint)));
	}

	private void take(Simulation.Outcome outcome) {
		schedules++;
		faults += outcome.faults().size();
		acknowledged += outcome.acknowledged();
		lostRaces += outcome.lostRaces();
		commits += outcome.commits();
		events += outcome.events();
		if (outcome.failure() != null) {
			failures.add(outcome.describe());
		}
	}

	void requireNoFailure() {
		assertThat(failures).describedAs(this::toString).isEmpty();
	}

	void requireFaults(long least) {
		assertThat(faults).describedAs("faults").isGreaterThanOrEqualTo(least);
	}

	/** Faults, rejected stale writes and acknowledged commands, so many a schedule. */
	void requireEnoughTrouble() {
		assertThat(faults).describedAs("faults").isGreaterThan(schedules * 2);
		assertThat(lostRaces).describedAs("rejected stale writes").isGreaterThan(schedules / 10);
		assertThat(acknowledged).describedAs("acknowledged commands").isGreaterThan(schedules);
	}

	@Override
	public String toString() {
		return "%d schedules, %d events, %d commits, %d rejected stale writes, %d acknowledged commands, %d faults"
			.formatted(schedules, events, commits, lostRaces, acknowledged, faults);
	}

}
