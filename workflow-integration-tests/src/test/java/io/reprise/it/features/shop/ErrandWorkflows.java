package io.reprise.it.features.shop;

import java.util.ArrayList;
import java.util.List;

import io.reprise.ActivityFailure;
import io.reprise.ActivitySettings;
import io.reprise.ApplicationFailure;
import io.reprise.CancellationScope;
import io.reprise.Promise;
import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * Workflows that call local activities.
 */
public final class ErrandWorkflows {

	private ErrandWorkflows() {
	}

	/** Fetches one thing after the other, then waits to be dismissed. */
	@Workflow
	public static class ShoppingList {

		private final Errands errands;

		private final List<String> fetched = new ArrayList<>();

		private boolean dismissed;

		public ShoppingList(Errands errands) {
			this.errands = errands;
		}

		@Workflow.Run
		public List<String> run(String key, int things, boolean waits) {
			for (int i = 1; i <= things; i++) {
				fetched.add(errands.fetch(key, "thing " + i));
			}
			if (waits) {
				Workflows.await(() -> dismissed);
			}
			return fetched;
		}

		@Workflow.Signal
		public void dismiss() {
			dismissed = true;
		}

		@Workflow.Query
		public List<String> fetched() {
			return fetched;
		}

	}

	/** Calls one that fails. */
	@Workflow
	public static class FlakyErrand {

		@Workflow.Run
		public String run(String key, int failures, ActivitySettings settings) {
			return Workflows.activity(Errands.class, settings).flaky(key, failures);
		}

	}

	/** Calls many at the same time. */
	@Workflow
	public static class Crew {

		private final Errands errands;

		public Crew(Errands errands) {
			this.errands = errands;
		}

		@Workflow.Run
		public int run(String key, int size) {
			List<Promise<String>> met = new ArrayList<>();
			for (int i = 0; i < size; i++) {
				met.add(Workflows.async(() -> errands.meet(key, size)));
			}
			return (int) met.stream().map(Promise::get).filter("met"::equals).count();
		}

	}

	/** Calls one that takes long. */
	@Workflow
	public static class LongErrand {

		private final List<String> log = new ArrayList<>();

		@Workflow.Run
		public String run(String key, ActivitySettings settings) {
			log.add("begun");
			log.add(Workflows.activity(Errands.class, settings).hold(key));
			return String.join(", ", log);
		}

		@Workflow.Signal
		public void remark(String text) {
			log.add(text);
		}

		@Workflow.Query
		public List<String> log() {
			return log;
		}

	}

	/** Gives one up. */
	@Workflow
	public static class GivenUpErrand {

		private final Errands errands;

		private CancellationScope scope;

		public GivenUpErrand(Errands errands) {
			this.errands = errands;
		}

		@Workflow.Run
		public String run(String key) {
			Promise<String> waiting = Workflows.async(() -> {
				List<String> outcome = new ArrayList<>();
				Workflows.cancellationScope(() -> {
					scope = Workflows.currentScope();
					try {
						errands.untilCancelled(key);
					}
					catch (ActivityFailure ex) {
						outcome.add(ex.getCause().getClass().getSimpleName());
					}
				});
				return outcome.toString();
			});
			errands.untilBegun(key);
			scope.cancel();
			return waiting.get();
		}

	}

	/** Tries what is too large. */
	@Workflow
	public static class LargeErrand {

		private final Errands errands;

		public LargeErrand(Errands errands) {
			this.errands = errands;
		}

		@Workflow.Run
		public List<String> run(int bytes) {
			List<String> types = new ArrayList<>();
			try {
				errands.blob(bytes);
			}
			catch (ActivityFailure ex) {
				types.add(type(ex));
			}
			try {
				errands.length("x".repeat(bytes));
			}
			catch (ActivityFailure ex) {
				types.add(type(ex));
			}
			return types;
		}

		private static String type(ActivityFailure failure) {
			return ((ApplicationFailure) failure.getCause()).type();
		}

	}

	/** Calls one that the configuration makes local. */
	@Workflow
	public static class ChoreDay {

		private final Chores chores;

		private final Errands errands;

		public ChoreDay(Chores chores, Errands errands) {
			this.chores = chores;
			this.errands = errands;
		}

		@Workflow.Run
		public String run() {
			return chores.sweep() + " " + errands.mdc();
		}

	}

}
