package io.reprise.it.features.shop;

import io.reprise.ActivityFailure;
import io.reprise.CanceledFailure;
import io.reprise.CancellationScope;
import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * Workflows that decide for themselves what a cancel means.
 */
public final class CancelWorkflows {

	private CancelWorkflows() {
	}

	/** Completes when it is cancelled. */
	@Workflow
	public static class Stubborn {

		@Workflow.Run
		public String run() {
			try {
				Workflows.await(() -> false);
				return "never";
			}
			catch (CanceledFailure ex) {
				return "finished anyway";
			}
		}

	}

	/** Has a part that can be left out. */
	@Workflow
	public static class Tour {

		private final Partner partner;

		private CancellationScope sight;

		private String outcome = "";

		private boolean left;

		public Tour(Partner partner) {
			this.partner = partner;
		}

		@Workflow.Run
		public String run(String key, boolean toTheEnd) {
			Workflows.cancellationScope(() -> {
				sight = Workflows.currentScope();
				try {
					partner.watch(key);
					outcome = "seen";
				}
				catch (ActivityFailure ex) {
					outcome = "left out";
				}
			});
			if (toTheEnd) {
				Workflows.detachedScope(() -> Workflows.await(() -> left));
			}
			else {
				Workflows.await(() -> left);
			}
			return outcome;
		}

		@Workflow.Signal
		public void skip() {
			Workflows.await(() -> sight != null);
			sight.cancel();
		}

		@Workflow.Signal
		public void leave() {
			left = true;
		}

		@Workflow.Query
		public String outcome() {
			return outcome;
		}

	}

}
