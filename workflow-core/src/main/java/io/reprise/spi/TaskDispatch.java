package io.reprise.spi;

import java.util.Map;

import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.WorkflowTask;

/**
 * Carries tasks from the engine to workers. A task may arrive twice or late; what its
 * result is worth is decided at the gate.
 */
public interface TaskDispatch {

	/**
	 * Hands over a workflow task. Must not block.
	 * @param task the task
	 */
	void dispatch(WorkflowTask task);

	/**
	 * Offers a workflow task whose input is not durable yet. Must not block.
	 * @param task the task
	 * @param turn where the outcome goes
	 * @return whether it was taken; if not, it is dispatched when its input is durable
	 */
	default boolean dispatchAhead(WorkflowTask task, TurnAhead turn) {
		return false;
	}

	/**
	 * Hands over an attempt of an activity. Must not block.
	 * @param task the task
	 */
	void dispatch(ActivityTask task);

	/**
	 * Takes back attempts of a run, so that another node may hand them out: all or none.
	 * Must not block.
	 * @param key the run
	 * @param attempts the current attempt of each activity that waits for its outcome, by
	 * the activity's id
	 * @return {@code false} if one of them, or of the run's local activities, has begun
	 * and not ended: its outcome is still to come, and the others stay as well
	 */
	default boolean withdraw(ExecutionKey key, Map<Integer, Integer> attempts) {
		return attempts.isEmpty();
	}

	/**
	 * Lets no attempt begin until {@link #resumeAttempts()}: this node may soon count as
	 * gone. Must not block.
	 */
	default void suspendAttempts() {
	}

	/** Lets attempts begin. Must not block. */
	default void resumeAttempts() {
	}

	/**
	 * Drops all attempts that have not begun: this node counts as gone, and others hand
	 * them out. Must not block.
	 */
	default void dropAttempts() {
	}

	/**
	 * Tells that nobody waits for an activity any more. Must not block.
	 * @param key the run
	 * @param activityId the activity
	 */
	void cancelActivity(ExecutionKey key, int activityId);

	/**
	 * Tells that a run is closed: what a worker keeps of it can go. Must not block.
	 * @param key the run
	 */
	void runClosed(ExecutionKey key);

}
