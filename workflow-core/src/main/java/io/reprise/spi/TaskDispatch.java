package io.reprise.spi;

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
