package io.reprise.testkit.simulator;

/** Runs seeds. */
public final class Simulate {

	private Simulate() {
	}

	public static void main(String[] args) {
		long from = Long.parseLong(args[0]);
		long count = Long.parseLong(args[1]);
		long start = System.nanoTime();
		long steps = 0, commits = 0, faults = 0, failures = 0, races = 0, acks = 0;
		for (long seed = from; seed < from + count; seed++) {
			Simulation.Outcome outcome = Simulation.run(seed);
			steps += outcome.steps();
			commits += outcome.commits();
			faults += outcome.faults().size();
			races += outcome.lostRaces();
			acks += outcome.acknowledged();
			if (outcome.failure() != null) {
				failures++;
				System.out.println(outcome.describe());
				if (args.length > 2) {
					System.out.println(outcome.trace());
					if (outcome.cause() != null) {
						outcome.cause().printStackTrace(System.out);
					}
				}
				if (failures >= 3) {
					break;
				}
			}
		}
		double seconds = (System.nanoTime() - start) / 1e9;
		System.out.printf("%d seeds in %.1f s, %.0f a minute; %d steps, %d commits, %d races, %d acknowledged, %d faults, %d failures%n", count,
				seconds, count / seconds * 60, steps, commits, races, acks, faults, failures);
	}

}
