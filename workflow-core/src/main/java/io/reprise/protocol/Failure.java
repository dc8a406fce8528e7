package io.reprise.protocol;

import java.time.Duration;

import io.reprise.TimeoutType;
import org.jspecify.annotations.Nullable;

/**
 * A failure as a history records it; the counterpart of
 * {@link io.reprise.RecordedFailure}.
 */
public sealed interface Failure {

	@Nullable String message();

	@Nullable Failure cause();

	/**
	 * An exception of application code.
	 *
	 * @param type class name of the exception, or the type the application named
	 * @param message its message
	 * @param stackTrace its stack trace, shortened
	 * @param nonRetryable whether retrying is of no use
	 * @param nextRetryDelay wait before the next attempt, in place of the policy's
	 * @param details a value that travels with it
	 * @param cause its cause
	 */
	record Application(String type, @Nullable String message, @Nullable String stackTrace, boolean nonRetryable,
			@Nullable Duration nextRetryDelay, @Nullable Payload details, @Nullable Failure cause) implements Failure {

	}

	/**
	 * A time ran out.
	 *
	 * @param timeoutType which
	 * @param message what was waited for
	 * @param lastHeartbeat details of the last heartbeat
	 * @param cause what the attempt before failed with
	 */
	record Timeout(TimeoutType timeoutType, @Nullable String message, @Nullable Payload lastHeartbeat,
			@Nullable Failure cause) implements Failure {

	}

	/**
	 * It was cancelled.
	 *
	 * @param message why
	 * @param details what it had to say
	 */
	record Canceled(@Nullable String message, @Nullable Payload details) implements Failure {

		@Override
		public @Nullable Failure cause() {
			return null;
		}

	}

	/**
	 * An operator ended it.
	 *
	 * @param message why
	 */
	record Terminated(@Nullable String message) implements Failure {

		@Override
		public @Nullable Failure cause() {
			return null;
		}

	}

	/**
	 * The process that ran an attempt is gone.
	 *
	 * @param message which
	 */
	record WorkerLost(@Nullable String message) implements Failure {

		@Override
		public @Nullable Failure cause() {
			return null;
		}

	}

	/**
	 * An activity failed for good.
	 *
	 * @param activityType its name
	 * @param activityId its number within the run
	 * @param attempts how many attempts were made
	 * @param cause what the last attempt failed with
	 */
	record Activity(String activityType, int activityId, int attempts, @Nullable Failure cause) implements Failure {

		@Override
		public @Nullable String message() {
			return null;
		}

	}

	/**
	 * A child did not complete.
	 *
	 * @param workflowType name of its type
	 * @param workflowId its workflow id
	 * @param runId its run
	 * @param cause why
	 */
	record Child(String workflowType, String workflowId, String runId, @Nullable Failure cause) implements Failure {

		@Override
		public @Nullable String message() {
			return null;
		}

	}

}
