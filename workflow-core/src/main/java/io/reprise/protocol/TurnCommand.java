package io.reprise.protocol;

import java.time.Duration;
import java.time.Instant;

import io.reprise.IdReusePolicy;
import io.reprise.ParentClosePolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow decided in a turn.
 */
public sealed interface TurnCommand {

	/**
	 * A decision that ends the run.
	 */
	sealed interface Closing extends TurnCommand {

	}

	/**
	 * Ask for an activity.
	 *
	 * @param activityId its number within the run
	 * @param activityType its name
	 * @param arguments its arguments
	 * @param policy time-outs and retries
	 */
	record ScheduleActivity(int activityId, String activityType, Payload arguments,
			ActivityPolicy policy) implements TurnCommand {

	}

	/**
	 * Give up an activity.
	 *
	 * @param activityId its number within the run
	 */
	record RequestCancelActivity(int activityId) implements TurnCommand {

	}

	/**
	 * Set a timer.
	 *
	 * @param timerId its number within the run
	 * @param delay how long after the command is decided on it is due, by the database's
	 * clock; so never early, however long the turn took
	 */
	record StartTimer(int timerId, Duration delay) implements TurnCommand {

	}

	/**
	 * Withdraw a timer.
	 *
	 * @param timerId its number within the run
	 */
	record CancelTimer(int timerId) implements TurnCommand {

	}

	/**
	 * Record the result of a local activity.
	 *
	 * @param activityId its number within the run
	 * @param activityType its name
	 * @param arguments its arguments
	 * @param attempt the attempt that succeeded
	 * @param time what {@code now()} says from here on
	 * @param result its result
	 */
	record CompleteLocalActivity(int activityId, String activityType, Payload arguments, int attempt, Instant time,
			Payload result) implements TurnCommand {

	}

	/**
	 * Record the failure of a local activity.
	 *
	 * @param activityId its number within the run
	 * @param activityType its name
	 * @param arguments its arguments, {@link Payload#NULL} if they are too large
	 * @param attempt the last attempt
	 * @param time what {@code now()} says from here on
	 * @param failure what that failed with
	 */
	record FailLocalActivity(int activityId, String activityType, Payload arguments, int attempt, Instant time,
			Failure failure) implements TurnCommand {

	}

	/**
	 * Try a local activity again later, woken by a timer.
	 *
	 * @param activityId its number within the run, which is also the timer's
	 * @param activityType its name
	 * @param attempt the attempt that failed
	 * @param time what {@code now()} says from here on
	 * @param failure what it failed with
	 * @param delay how long after the command is decided on the next attempt is due
	 */
	record BackOffLocalActivity(int activityId, String activityType, int attempt, Instant time, Failure failure,
			Duration delay) implements TurnCommand {

	}

	/**
	 * Give up a local activity.
	 *
	 * @param activityId its number within the run
	 * @param activityType its name
	 */
	record CancelLocalActivity(int activityId, String activityType) implements TurnCommand {

	}

	/**
	 * Something to be asked of another run.
	 */
	sealed interface Neighbour extends TurnCommand {

		/**
		 * Number within the run.
		 * @return the number
		 */
		int number();

	}

	/**
	 * Start a child.
	 *
	 * @param childId its number within the run
	 * @param workflowId its workflow id
	 * @param workflowType name of its type
	 * @param taskQueue the queue its tasks travel by
	 * @param arguments its arguments
	 * @param parentClosePolicy what becomes of it when this run ends first
	 * @param idReusePolicy when the id belongs to a closed run
	 */
	record StartChild(int childId, String workflowId, String workflowType, String taskQueue, Payload arguments,
			ParentClosePolicy parentClosePolicy, IdReusePolicy idReusePolicy) implements Neighbour {

		@Override
		public int number() {
			return childId;
		}

	}

	/**
	 * Send a signal to another run.
	 *
	 * @param number its number within the run
	 * @param childId the child that it is for, or 0
	 * @param workflowId the other workflow
	 * @param name name of the signal
	 * @param arguments its arguments
	 */
	record SignalExternal(int number, int childId, String workflowId, String name,
			Payload arguments) implements Neighbour {

	}

	/**
	 * Ask another run to stop.
	 *
	 * @param number its number within the run
	 * @param childId the child that it is for, or 0
	 * @param workflowId the other workflow
	 * @param reason why
	 */
	record CancelExternal(int number, int childId, String workflowId, @Nullable String reason) implements Neighbour {

	}

	/**
	 * Record the value of a side effect.
	 *
	 * @param value the value
	 */
	record RecordSideEffect(Payload value) implements TurnCommand {

	}

	/**
	 * Record that the run takes the changed path.
	 *
	 * @param patchId names the change
	 */
	record RecordPatch(String patchId) implements TurnCommand {

	}

	/**
	 * Record what the handler of an update came to.
	 *
	 * @param updateId the update
	 * @param result what it returned, or {@code null} if it failed
	 * @param failure what it failed with, or {@code null} if it returned
	 */
	record CompleteUpdate(String updateId, @Nullable Payload result, @Nullable Failure failure) implements TurnCommand {

	}

	/**
	 * Pass over an input that cannot be delivered.
	 *
	 * @param inputId id of the input's event
	 * @param reason what is wrong with it
	 */
	record SkipInput(long inputId, String reason) implements TurnCommand {

	}

	/**
	 * Close with a result.
	 *
	 * @param result the result
	 */
	record CompleteWorkflow(Payload result) implements Closing {

	}

	/**
	 * Close with a failure.
	 *
	 * @param failure the failure
	 */
	record FailWorkflow(Failure failure) implements Closing {

	}

	/**
	 * Close and go on in another run.
	 *
	 * @param workflowType name of its type
	 * @param arguments arguments of its run method
	 * @param deliveredUpTo id of the last message of this turn that was delivered; later
	 * ones are for the next run
	 */
	record ContinueAsNew(String workflowType, Payload arguments, long deliveredUpTo) implements Closing {

	}

	/**
	 * Close as cancelled.
	 *
	 * @param details what the workflow had to say
	 */
	record CancelWorkflow(Failure.@Nullable Canceled details) implements Closing {

	}

}
