package io.reprise.protocol;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One fact of a run. Events are inputs (what came from outside), the marker of a turn, or
 * what the turn's commands left: one event for each command, in command order.
 */
public sealed interface HistoryEvent {

	/**
	 * What came from outside and a turn must see.
	 */
	sealed interface Input extends HistoryEvent {

	}

	/**
	 * An input that a turn delivers before all resolutions, and that no closing command
	 * may overlook.
	 */
	sealed interface Message extends Input {

		/**
		 * Recognises the same message sent twice.
		 * @return the request id
		 */
		String requestId();

	}

	/**
	 * The outcome of something the run asked for.
	 */
	sealed interface Resolution extends Input
			permits ActivityCompleted, ActivityFailed, ActivityTimedOut, TimerFired, NeighbourAnswer {

	}

	/**
	 * What a command of a turn left.
	 */
	sealed interface CommandEvent extends HistoryEvent
			permits LocalActivityEvent, ActivityScheduled, ActivityCancelRequested, TimerStarted, TimerCanceled,
			SideEffectRecorded, PatchRecorded, UpdateCompleted, InputSkipped, WorkflowCompleted, WorkflowFailed,
			WorkflowCanceled, WorkflowContinuedAsNew, NeighbourRequest {

	}

	/**
	 * What a turn knows of a local activity, which leaves nothing when it is called.
	 */
	sealed interface LocalActivityEvent extends CommandEvent {

		/**
		 * Number of the activity within the run.
		 * @return the number
		 */
		int activityId();

		/**
		 * Name of the activity.
		 * @return the name
		 */
		String activityType();

	}

	/**
	 * What came of attempts of a local activity. Stands where the turn delivered it.
	 */
	sealed interface LocalActivityOutcome extends LocalActivityEvent {

		/**
		 * What {@code now()} says from here on, unless it says something later.
		 * @return the time
		 */
		Instant time();

	}

	/**
	 * Nothing comes after one of these.
	 */
	sealed interface Closing extends HistoryEvent {

		/**
		 * The run that follows, created in the same transaction.
		 * @return its id, or {@code null} if the workflow has come to its end
		 */
		default @Nullable String nextRunId() {
			return null;
		}

	}

	/**
	 * The first event.
	 *
	 * @param workflowType name of the type
	 * @param taskQueue the queue its tasks travel by
	 * @param arguments arguments of its run method
	 * @param requestId recognises the same start sent twice
	 * @param terms what it says beyond the usual, or {@code null}
	 * @param parent whose child it is, or {@code null}
	 */
	record WorkflowStarted(String workflowType, String taskQueue, Payload arguments, String requestId,
			@Nullable RunTerms terms, @Nullable ParentLink parent) implements Input {

		public WorkflowStarted(String workflowType, String taskQueue, Payload arguments, String requestId) {
			this(workflowType, taskQueue, arguments, requestId, null, null);
		}

		public WorkflowStarted(String workflowType, String taskQueue, Payload arguments, String requestId,
				@Nullable RunTerms terms) {
			this(workflowType, taskQueue, arguments, requestId, terms, null);
		}

		public WorkflowStarted(String workflowType, String taskQueue, Payload arguments, String requestId,
				@Nullable ParentLink parent) {
			this(workflowType, taskQueue, arguments, requestId, null, parent);
		}

	}

	/**
	 * A signal.
	 *
	 * @param name its name
	 * @param arguments its arguments
	 * @param requestId recognises the same signal sent twice
	 */
	record WorkflowSignaled(String name, Payload arguments, String requestId) implements Message {

	}

	/**
	 * Somebody asked the run to stop.
	 *
	 * @param reason why
	 * @param requestId recognises the same request sent twice
	 */
	record WorkflowCancelRequested(@Nullable String reason, String requestId) implements Message {

	}

	/**
	 * An activity succeeded.
	 *
	 * @param activityId its number within the run
	 * @param attempt the attempt that did
	 * @param result its result
	 */
	record ActivityCompleted(int activityId, int attempt, Payload result) implements Resolution {

	}

	/**
	 * An activity failed for good.
	 *
	 * @param activityId its number within the run
	 * @param attempt the last attempt
	 * @param failure what that failed with
	 */
	record ActivityFailed(int activityId, int attempt, Failure failure) implements Resolution {

	}

	/**
	 * An activity ran out of time for good.
	 *
	 * @param activityId its number within the run
	 * @param attempt the last attempt
	 * @param failure which time, and what the attempt before failed with
	 */
	record ActivityTimedOut(int activityId, int attempt, Failure.Timeout failure) implements Resolution {

	}

	/**
	 * A timer fired.
	 *
	 * @param timerId its number within the run
	 */
	record TimerFired(int timerId) implements Resolution {

	}

	/**
	 * A turn was handed in while local activities were under way: the next one goes on
	 * with them.
	 *
	 * @param underWay the activities, in order of their numbers
	 */
	record TurnContinued(List<LocalAttempt> underWay) implements Input {

		public TurnContinued {
			underWay = List.copyOf(underWay);
		}

	}

	/**
	 * A turn was completed: the marker. The {@code commandCount} events after it are what
	 * its commands left.
	 *
	 * @param seenUpTo id of the last input it had seen; inputs with greater ids wait for
	 * the next turn even if they stand before the marker
	 * @param time what {@code now()} said during the turn
	 * @param commandCount number of command events
	 * @param buildId build of the worker that ran it
	 * @param unpatched patches that this run must never take, found while replaying
	 * @param updates what the turn accepted and delivered, after the messages it had seen
	 */
	record WorkflowTaskCompleted(long seenUpTo, Instant time, int commandCount, String buildId, List<String> unpatched,
			List<UpdateRequest> updates) implements HistoryEvent {

		public WorkflowTaskCompleted {
			unpatched = List.copyOf(unpatched);
			updates = List.copyOf(updates);
		}

		public WorkflowTaskCompleted(long seenUpTo, Instant time, int commandCount, String buildId,
				List<String> unpatched) {
			this(seenUpTo, time, commandCount, buildId, unpatched, List.of());
		}

	}

	/**
	 * The workflow asked for an activity.
	 *
	 * @param activityId its number within the run
	 * @param activityType its name
	 * @param arguments its arguments
	 * @param policy time-outs and retries
	 */
	record ActivityScheduled(int activityId, String activityType, Payload arguments,
			ActivityPolicy policy) implements CommandEvent {

	}

	/**
	 * The workflow no longer wants an activity.
	 *
	 * @param activityId its number within the run
	 * @param outcome whether it was still open
	 */
	record ActivityCancelRequested(int activityId, RaceOutcome outcome) implements CommandEvent {

	}

	/**
	 * The workflow set a timer.
	 *
	 * @param timerId its number within the run
	 * @param fireAt when it is due, by the database's clock
	 */
	record TimerStarted(int timerId, Instant fireAt) implements CommandEvent {

	}

	/**
	 * The workflow withdrew a timer.
	 *
	 * @param timerId its number within the run
	 * @param outcome whether it was still open
	 */
	record TimerCanceled(int timerId, RaceOutcome outcome) implements CommandEvent {

	}

	/**
	 * A local activity succeeded.
	 *
	 * @param activityId its number within the run
	 * @param activityType its name
	 * @param arguments its arguments
	 * @param attempt the attempt that did
	 * @param time what {@code now()} says from here on
	 * @param result its result
	 */
	record LocalActivityCompleted(int activityId, String activityType, Payload arguments, int attempt, Instant time,
			Payload result) implements LocalActivityOutcome {

	}

	/**
	 * A local activity failed for good, or ran out of time.
	 *
	 * @param activityId its number within the run
	 * @param activityType its name
	 * @param arguments its arguments, {@link Payload#NULL} if they are too large
	 * @param attempt the last attempt
	 * @param time what {@code now()} says from here on
	 * @param failure what that failed with
	 */
	record LocalActivityFailed(int activityId, String activityType, Payload arguments, int attempt, Instant time,
			Failure failure) implements LocalActivityOutcome {

	}

	/**
	 * A local activity is tried again, but not at once: a timer of its number wakes it.
	 *
	 * @param activityId its number within the run
	 * @param activityType its name
	 * @param attempt the attempt that failed
	 * @param time what {@code now()} says from here on
	 * @param failure what it failed with
	 * @param retryAt when the next attempt is due, by the database's clock
	 */
	record LocalActivityBackedOff(int activityId, String activityType, int attempt, Instant time, Failure failure,
			Instant retryAt) implements LocalActivityOutcome {

	}

	/**
	 * The workflow no longer wants a local activity, or ended while it was open.
	 *
	 * @param activityId its number within the run
	 * @param activityType its name
	 */
	record LocalActivityCanceled(int activityId, String activityType) implements LocalActivityEvent {

	}

	/**
	 * The value of a side effect.
	 *
	 * @param value the value
	 */
	record SideEffectRecorded(Payload value) implements CommandEvent {

	}

	/**
	 * This run takes the changed path of a patch.
	 *
	 * @param patchId names the change
	 */
	record PatchRecorded(String patchId) implements CommandEvent {

	}

	/**
	 * The handler of an accepted update came to an end.
	 *
	 * @param updateId the update
	 * @param result what it returned, or {@code null} if it failed
	 * @param failure what it failed with, or {@code null} if it returned
	 */
	record UpdateCompleted(String updateId, @Nullable Payload result,
			@Nullable Failure failure) implements CommandEvent {

	}

	/**
	 * An input that could not be delivered was passed over.
	 *
	 * @param inputId id of the input's event
	 * @param reason what was wrong with it
	 */
	record InputSkipped(long inputId, String reason) implements CommandEvent {

	}

	/**
	 * The workflow returned.
	 *
	 * @param result its result
	 * @param nextRunId the run that follows by its cron expression, or {@code null}
	 */
	record WorkflowCompleted(Payload result, @Nullable String nextRunId) implements CommandEvent, Closing {

		public WorkflowCompleted(Payload result) {
			this(result, null);
		}

	}

	/**
	 * The workflow failed.
	 *
	 * @param failure with what
	 * @param nextRunId the run that follows as another attempt, or by its cron
	 * expression; {@code null} if none does
	 */
	record WorkflowFailed(Failure failure, @Nullable String nextRunId) implements CommandEvent, Closing {

		public WorkflowFailed(Failure failure) {
			this(failure, null);
		}

	}

	/**
	 * The workflow goes on in another run. Messages that its last turn has not delivered
	 * are the first inputs of that one.
	 *
	 * @param nextRunId the run that follows
	 * @param workflowType name of its type
	 * @param arguments arguments of its run method
	 */
	record WorkflowContinuedAsNew(String nextRunId, String workflowType,
			Payload arguments) implements CommandEvent, Closing {

	}

	/**
	 * The workflow stopped as it was asked to.
	 *
	 * @param failure what it stopped with
	 */
	record WorkflowCanceled(Failure.Canceled failure) implements CommandEvent, Closing {

	}

	/**
	 * An operator ended the workflow. Not a command's event, so it may stand anywhere.
	 *
	 * @param reason why
	 */
	record WorkflowTerminated(String reason) implements Closing {

	}

	/**
	 * The workflow ran out of time. Not a command's event, so it may stand anywhere.
	 *
	 * @param failure which time
	 * @param nextRunId the run that follows as another attempt, or by its cron
	 * expression; {@code null} if none does
	 */
	record WorkflowTimedOut(Failure.Timeout failure, @Nullable String nextRunId) implements Closing {

	}

}
