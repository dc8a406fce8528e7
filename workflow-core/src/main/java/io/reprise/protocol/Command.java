package io.reprise.protocol;

import java.time.Instant;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.Lifetime;
import org.jspecify.annotations.Nullable;

/**
 * An input of the gate: what clients, workers and the engine's own clock ask of a run.
 */
public sealed interface Command {

	/**
	 * The run it is for. A run id of "" means the latest run.
	 * @return the run
	 */
	ExecutionKey key();

	/**
	 * Start a run.
	 *
	 * @param key the run to be, with its new run id
	 * @param workflowType name of the type
	 * @param taskQueue the queue its tasks travel by
	 * @param arguments arguments of its run method
	 * @param requestId recognises the same start sent twice
	 * @param idReusePolicy when the id belongs to a closed run
	 * @param idConflictPolicy when the id belongs to an open run
	 * @param lifetime how long it may take, when it begins and when it runs again
	 * @param message a signal or an update that the run gets with its start, or that goes
	 * to the run that is there; {@code null} for none. Its key is that of the start
	 * @param parent whose child it is, or {@code null}
	 */
	record StartWorkflow(ExecutionKey key, String workflowType, String taskQueue, Payload arguments, String requestId,
			IdReusePolicy idReusePolicy, IdConflictPolicy idConflictPolicy, Lifetime lifetime,
			@Nullable Command message, @Nullable ParentLink parent) implements Command {

		public StartWorkflow(ExecutionKey key, String workflowType, String taskQueue, Payload arguments,
				String requestId, IdReusePolicy idReusePolicy, IdConflictPolicy idConflictPolicy) {
			this(key, workflowType, taskQueue, arguments, requestId, idReusePolicy, idConflictPolicy,
					Lifetime.UNLIMITED);
		}

		public StartWorkflow(ExecutionKey key, String workflowType, String taskQueue, Payload arguments,
				String requestId, IdReusePolicy idReusePolicy, IdConflictPolicy idConflictPolicy, Lifetime lifetime) {
			this(key, workflowType, taskQueue, arguments, requestId, idReusePolicy, idConflictPolicy, lifetime, null,
					null);
		}

		public StartWorkflow(ExecutionKey key, String workflowType, String taskQueue, Payload arguments,
				String requestId, IdReusePolicy idReusePolicy, IdConflictPolicy idConflictPolicy, Lifetime lifetime,
				@Nullable Command message) {
			this(key, workflowType, taskQueue, arguments, requestId, idReusePolicy, idConflictPolicy, lifetime, message,
					null);
		}

		public StartWorkflow(ExecutionKey key, String workflowType, String taskQueue, Payload arguments,
				String requestId, IdReusePolicy idReusePolicy, IdConflictPolicy idConflictPolicy, ParentLink parent) {
			this(key, workflowType, taskQueue, arguments, requestId, idReusePolicy, idConflictPolicy,
					Lifetime.UNLIMITED, null, parent);
		}

		/**
		 * Whether no earlier run can bear on this start, other than an open one: the
		 * request id is as new as the run id, and closed runs do not matter.
		 * @return {@code true} if the store need not be asked first
		 */
		public boolean isUnique() {
			return requestId.equals(key.runId()) && idReusePolicy == IdReusePolicy.ALLOW_DUPLICATE;
		}

	}

	/**
	 * Deliver a signal.
	 *
	 * @param key the run
	 * @param name name of the signal
	 * @param arguments its arguments
	 * @param requestId recognises the same signal sent twice
	 */
	record SignalWorkflow(ExecutionKey key, String name, Payload arguments, String requestId) implements Command {

	}

	/**
	 * Have a run answer an update. Nothing of it is durable before a turn has accepted
	 * it, which is the answer that this command gets.
	 *
	 * @param key the run
	 * @param updateId recognises the same update sent twice
	 * @param name name of the update
	 * @param arguments its arguments
	 */
	record UpdateWorkflow(ExecutionKey key, String updateId, String name, Payload arguments) implements Command {

		public UpdateRequest request() {
			return new UpdateRequest(updateId, name, arguments);
		}

	}

	/**
	 * Ask a run to stop.
	 *
	 * @param key the run
	 * @param reason why
	 * @param requestId recognises the same request sent twice
	 */
	record RequestCancel(ExecutionKey key, @Nullable String reason, String requestId) implements Command {

	}

	/**
	 * End a run at once.
	 *
	 * @param key the run
	 * @param reason why
	 * @param requestId recognises the same request sent twice
	 */
	record TerminateWorkflow(ExecutionKey key, String reason, String requestId) implements Command {

	}

	/**
	 * Take what a turn decided.
	 *
	 * @param key the run
	 * @param token which turn
	 * @param time what {@code now()} said during the turn
	 * @param buildId build of the worker
	 * @param commands the decisions in order; a closing one is the last
	 * @param unpatched patches that the run must never take
	 * @param underWay local activities that another turn shall go on with; empty if the
	 * workflow came to rest
	 * @param updates what became of the task's updates
	 */
	record CompleteTask(ExecutionKey key, TaskToken token, Instant time, String buildId, List<TurnCommand> commands,
			List<String> unpatched, List<LocalAttempt> underWay, TurnUpdates updates) implements Command {

		public CompleteTask {
			commands = List.copyOf(commands);
			unpatched = List.copyOf(unpatched);
			underWay = List.copyOf(underWay);
		}

		public CompleteTask(ExecutionKey key, TaskToken token, Instant time, String buildId, List<TurnCommand> commands,
				List<String> unpatched) {
			this(key, token, time, buildId, commands, unpatched, List.of());
		}

		public CompleteTask(ExecutionKey key, TaskToken token, Instant time, String buildId, List<TurnCommand> commands,
				List<String> unpatched, List<LocalAttempt> underWay) {
			this(key, token, time, buildId, commands, unpatched, underWay, TurnUpdates.NONE);
		}

		public CompleteTask with(TurnUpdates other) {
			return new CompleteTask(key, token, time, buildId, commands, unpatched, underWay, other);
		}

	}

	/**
	 * Note that a turn met a bug: the run is stalled.
	 *
	 * @param key the run
	 * @param token which turn
	 * @param code what kind of bug
	 * @param message what happened, with the source line
	 * @param buildId build of the worker
	 * @param elsewhere whether the turn before was run by another build, so that a worker
	 * of that one may be able to go on
	 */
	record StallTask(ExecutionKey key, TaskToken token, ErrorCode code, String message, String buildId,
			boolean elsewhere) implements Command {

	}

	/**
	 * Note that an attempt has begun. Sent only for activities with a schedule-to-start
	 * time-out; writes nothing.
	 *
	 * @param key the run
	 * @param activityId the activity
	 * @param attempt the attempt
	 */
	record StartActivity(ExecutionKey key, int activityId, int attempt) implements Command {

	}

	/**
	 * Take the result of an attempt.
	 *
	 * @param key the run
	 * @param activityId the activity
	 * @param attempt the attempt
	 * @param result the result
	 */
	record CompleteActivity(ExecutionKey key, int activityId, int attempt, Payload result) implements Command {

	}

	/**
	 * Take the failure of an attempt, time-outs of the attempt included.
	 *
	 * @param key the run
	 * @param activityId the activity
	 * @param attempt the attempt
	 * @param failure the failure
	 * @param lastHeartbeat details of the attempt's last heartbeat
	 */
	record FailActivity(ExecutionKey key, int activityId, int attempt, Failure failure,
			@Nullable Payload lastHeartbeat) implements Command {

	}

	/**
	 * Keep the details of a heartbeat for the next attempt.
	 *
	 * @param key the run
	 * @param activityId the activity
	 * @param attempt the attempt
	 * @param details the details
	 */
	record RecordHeartbeat(ExecutionKey key, int activityId, int attempt, Payload details) implements Command {

	}

	/**
	 * Do what has become due: timers, time-outs, retries.
	 *
	 * @param key the run
	 */
	record FireDue(ExecutionKey key) implements Command {

	}

	/**
	 * Take over a run whose node is gone.
	 *
	 * @param key the run
	 * @param workerLost whether attempts under way died with it, rather than being handed
	 * over
	 */
	record AdoptRun(ExecutionKey key, boolean workerLost) implements Command {

	}

	/**
	 * Take what other nodes, or transactions of the application, have left for a run.
	 * Means nothing to the run itself: what was left are commands of their own.
	 *
	 * @param key the run
	 */
	record TakeMessages(ExecutionKey key) implements Command {

	}

	/**
	 * Take what another run answered to a request of this one.
	 *
	 * @param key the run that asked
	 * @param number number of the request
	 * @param failure why it was refused, or {@code null} if it was not
	 */
	record TakeAnswer(ExecutionKey key, int number, @Nullable Failure failure) implements Command {

	}

	/**
	 * Take the end of a child. Sent by the child's run.
	 *
	 * @param key the parent
	 * @param end how the child ended
	 */
	record ResolveChild(ExecutionKey key, NeighbourAnswer.ChildEnd end) implements Command {

		/**
		 * Recognises the same end sent twice.
		 * @return the request id
		 */
		public String requestId() {
			return "end of child " + end.childId();
		}

	}

	/**
	 * Note that a closed run has done one of the things that its end left to do.
	 *
	 * @param key the run
	 * @param number the child or the request that it was for; 0 for the parent, which has
	 * been told
	 */
	record SettleDuty(ExecutionKey key, int number) implements Command {

	}

}
