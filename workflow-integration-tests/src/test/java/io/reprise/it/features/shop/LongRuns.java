package io.reprise.it.features.shop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.reprise.ApplicationFailure;
import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * Workflows of which one run follows another.
 */
public final class LongRuns {

	private LongRuns() {
	}

	/** Counts what passes, in as many runs as it takes. */
	@Workflow
	public static class Turnstile {

		private final List<String> guests = new ArrayList<>();

		private boolean closing;

		@Workflow.Run
		public int run(int before) {
			Workflows.await(() -> guests.size() >= 3 || closing || Workflows.info().isContinueAsNewSuggested());
			int passed = before + guests.size();
			return closing ? passed : Workflows.continueAsNew(passed);
		}

		@Workflow.Signal
		public void pass(String guest) {
			guests.add(guest);
		}

		@Workflow.Signal
		public void close() {
			closing = true;
		}

		@Workflow.Query
		public List<String> guests() {
			return guests;
		}

	}

	/** Never ends by itself. */
	@Workflow
	public static class Endless {

		@Workflow.Run
		public String run() {
			Workflows.sleep(Duration.ofDays(1));
			return "too late";
		}

		@Workflow.Query
		public int attempt() {
			return Workflows.info().attempt();
		}

	}

	/** Succeeds when it is tried often enough. */
	@Workflow
	public static class Persistent {

		@Workflow.Run
		public String run(int attempts) {
			int attempt = Workflows.info().attempt();
			if (attempt < attempts) {
				throw ApplicationFailure.retryable("NotYet", "attempt " + attempt);
			}
			return "attempt " + attempt;
		}

	}

	/** Adds one to its last result. */
	@Workflow
	public static class Tally {

		@Workflow.Run
		public int run() {
			Integer last = Workflows.lastResult(Integer.class);
			return (last != null) ? last + 1 : 1;
		}

	}

}
