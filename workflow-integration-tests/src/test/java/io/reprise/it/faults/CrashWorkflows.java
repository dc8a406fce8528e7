package io.reprise.it.faults;

import java.time.Duration;
import java.time.Instant;

import io.reprise.ActivityFailure;
import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * Workflows that wait when their process dies.
 */
final class CrashWorkflows {

	private CrashWorkflows() {
	}

	/** Loses its only attempt. */
	@Workflow
	public static class AtMostOnce {

		private final Errands errands;

		AtMostOnce(Errands errands) {
			this.errands = errands;
		}

		@Workflow.Run
		public String run() {
			try {
				return errands.atMostOnce();
			}
			catch (ActivityFailure failure) {
				return "lost: " + failure.isCausedBy("WorkerLost") + " after " + failure.attempts();
			}
		}

	}

	/** Loses one attempt of many. */
	@Workflow
	public static class AtLeastOnce {

		private final Errands errands;

		AtLeastOnce(Errands errands) {
			this.errands = errands;
		}

		@Workflow.Run
		public String run() {
			return errands.atLeastOnce();
		}

	}

	/** Wakes while its process is down. */
	@Workflow
	public static class Nap {

		@Workflow.Run
		public String run() {
			Instant due = Workflows.now().plus(Duration.ofSeconds(3));
			Workflows.sleep(Duration.ofSeconds(3));
			return Workflows.now().isBefore(due) ? "too early" : "in time";
		}

	}

}
