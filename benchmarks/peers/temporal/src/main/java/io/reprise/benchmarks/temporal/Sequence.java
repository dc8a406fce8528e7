package io.reprise.benchmarks.temporal;

import java.time.Duration;

import io.reprise.benchmarks.SleepLog;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Workflows and activity, as Temporal wants them: interfaces and what implements them.
 */
final class Sequence {

	private Sequence() {
	}

	/** Calls activities that do nothing, one after the other. */
	@WorkflowInterface
	public interface Pass {

		/**
		 * Calls them.
		 * @param activities how many
		 * @param text what goes into the first
		 * @return what came out of the last
		 */
		@WorkflowMethod
		String pass(int activities, String text);

	}

	/** Sleeps once. */
	@WorkflowInterface
	public interface Sleep {

		/**
		 * Sleeps.
		 * @param id its workflow id
		 * @param millis how long
		 */
		@WorkflowMethod
		void sleep(String id, long millis);

	}

	/** Does nothing. */
	@ActivityInterface
	public interface Step {

		/**
		 * Does nothing.
		 * @param text a small text
		 * @return the same text
		 */
		String step(String text);

	}

	/** Calls the activities. */
	public static final class PassWorkflow implements Pass {

		private final Step step = Workflow.newActivityStub(Step.class,
				ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());

		@Override
		public String pass(int activities, String text) {
			String last = text;
			for (int i = 0; i < activities; i++) {
				last = step.step(last);
			}
			return last;
		}

	}

	/**
	 * Sleeps. That it reads a clock by way of the log changes nothing of what it does.
	 */
	public static final class SleepWorkflow implements Sleep {

		@Override
		public void sleep(String id, long millis) {
			SleepLog.current().calls(id);
			Workflow.sleep(Duration.ofMillis(millis));
			SleepLog.current().wakes(id);
		}

	}

	/** Does nothing. */
	public static final class NoStep implements Step {

		@Override
		public String step(String text) {
			return text;
		}

	}

}
