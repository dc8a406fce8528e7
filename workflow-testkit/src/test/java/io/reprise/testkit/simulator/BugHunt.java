package io.reprise.testkit.simulator;

/** tmp. */
public final class BugHunt {

	public static void main(String[] args) {
		for (Bug bug : Bug.values()) {
			if (args.length > 0 && !args[0].equals(bug.name())) {
				continue;
			}
			long start = System.nanoTime();
			long seed = 1;
			Simulation.Outcome outcome = null;
			int found = 0;
			StringBuilder how = new StringBuilder();
			for (; seed < 600 && found < 5; seed++) {
				outcome = Simulation.run(seed, null, bug, null);
				if (outcome.failure() != null) {
					found++;
					if (found < 3) how.append("\n     ").append(seed).append(": ").append(outcome.failure(), 0, Math.min(240, outcome.failure().length()));
				}
			}
			System.out.println(bug + " found " + found + " up to " + seed + " in " + (System.nanoTime() - start) / 1_000_000 + " ms" + how);
		}
	}

}
