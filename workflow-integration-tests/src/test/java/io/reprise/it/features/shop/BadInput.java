package io.reprise.it.features.shop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.ActivityFailure;
import io.reprise.ActivityOptions;
import io.reprise.ActivitySettings;
import io.reprise.ApplicationFailure;
import io.reprise.Workflow;
import io.reprise.WorkflowException;
import io.reprise.Workflows;

/**
 * Workflows and activities that are given, or give back, what nobody can use.
 */
public final class BadInput {

	private BadInput() {
	}

	/** An object that refers to itself, which no JSON can say. */
	public static final class Endless {

		public Endless getSelf() {
			return this;
		}

	}

	/** Activities that do what they should not. */
	@Activity("Odd")
	public static class OddActivities {

		private final Probe probe;

		public OddActivities(Probe probe) {
			this.probe = probe;
		}

		public String name(Object anything) {
			return String.valueOf(anything);
		}

		public Object endless(String key) {
			probe.note(key, "ran");
			return new Endless();
		}

		public int number(int number) {
			return number;
		}

		public String error(String key) {
			probe.note(key, Activities.info().attempt());
			throw new NoClassDefFoundError("com.acme.Missing");
		}

		@ActivityOptions(startToCloseTimeout = "300ms", initialInterval = "50ms")
		public String late(String key) {
			int attempt = Activities.info().attempt();
			if (attempt == 1) {
				probe.hold(key);
				probe.note(key, "returned late");
			}
			return "attempt " + attempt;
		}

		/** Where no workflow is. */
		public String sleep() {
			try {
				Workflows.sleep(Duration.ofMillis(1));
				return "slept";
			}
			catch (WorkflowException ex) {
				return ex.code().name();
			}
		}

	}

	/** Does one odd thing. */
	@Workflow
	public static class Odd {

		private final OddActivities activities;

		private final List<Integer> numbers = new ArrayList<>();

		public Odd(OddActivities activities) {
			this.activities = activities;
		}

		@Workflow.Run
		public String run(String what, String key) {
			return switch (what) {
				case "endless-argument" -> caught(() -> activities.name(new Endless()));
				case "endless-result" -> caught(() -> String.valueOf(activities.endless(key)));
				case "wrong-argument" ->
					caught(() -> String.valueOf(Workflows.activity("Odd.number", Integer.class, "seven")));
				case "wrong-result" -> String.valueOf(Workflows.activity("Odd.name", Integer.class, "seven"));
				case "nobody" ->
					Workflows.activity("Nobody.there", ActivitySettings.none().withMaximumAttempts(1), String.class);
				case "error" -> caught(() -> activities.error(key));
				case "late" -> activities.late(key);
				case "sleep" -> activities.sleep();
				default -> numbers();
			};
		}

		private String numbers() {
			Workflows.await(() -> numbers.contains(0));
			return numbers.toString();
		}

		private static String caught(Call call) {
			try {
				return call.run();
			}
			catch (ActivityFailure failure) {
				return "failed after %d: %s".formatted(failure.attempts(),
						((ApplicationFailure) failure.getCause()).type());
			}
			catch (ApplicationFailure failure) {
				return "refused: " + failure.type();
			}
		}

		@Workflow.Signal
		public void add(int number) {
			numbers.add(number);
		}

		@Workflow.Query
		public int at(int index) {
			return numbers.get(index);
		}

		/** So that the scan need not know suppliers of the JDK. */
		private interface Call {

			String run();

		}

	}

}
