package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * How a workflow is started.
 *
 * @param workflowId the id to find it by, at most 1,000 characters; {@code null} for a
 * random one
 * @param requestId a start with a request id seen before returns the run of that time;
 * {@code null} for a random one
 * @param idReusePolicy when the id belongs to a closed workflow
 * @param idConflictPolicy when the id belongs to a running workflow
 * @param taskQueue the queue its tasks travel by
 * @param isIndependent whether the start takes effect at once, whatever becomes of the
 * caller's transaction
 */
public record StartOptions(@Nullable String workflowId, @Nullable String requestId, IdReusePolicy idReusePolicy,
		IdConflictPolicy idConflictPolicy, String taskQueue, boolean isIndependent) {

	/** The queue of whoever names none. */
	public static final String DEFAULT_TASK_QUEUE = "default";

	private static final StartOptions DEFAULTS = new StartOptions(null, null, IdReusePolicy.ALLOW_DUPLICATE,
			IdConflictPolicy.FAIL, DEFAULT_TASK_QUEUE, false);

	/**
	 * A start with a random id.
	 * @return the default options
	 */
	public static StartOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * A start by id.
	 * @param workflowId the id to find the workflow by
	 * @return options with this id
	 */
	public static StartOptions withId(String workflowId) {
		return new StartOptions(workflowId, null, IdReusePolicy.ALLOW_DUPLICATE, IdConflictPolicy.FAIL,
				DEFAULT_TASK_QUEUE, false);
	}

	public StartOptions requestId(String id) {
		return new StartOptions(workflowId, id, idReusePolicy, idConflictPolicy, taskQueue, isIndependent);
	}

	public StartOptions onClosed(IdReusePolicy policy) {
		return new StartOptions(workflowId, requestId, policy, idConflictPolicy, taskQueue, isIndependent);
	}

	public StartOptions onRunning(IdConflictPolicy policy) {
		return new StartOptions(workflowId, requestId, idReusePolicy, policy, taskQueue, isIndependent);
	}

	public StartOptions taskQueue(String queue) {
		return new StartOptions(workflowId, requestId, idReusePolicy, idConflictPolicy, queue, isIndependent);
	}

	/**
	 * A start that is no part of the caller's transaction: it takes effect at once, and
	 * stays if the transaction is rolled back.
	 * @return these options, independent of transactions
	 */
	public StartOptions independent() {
		return new StartOptions(workflowId, requestId, idReusePolicy, idConflictPolicy, taskQueue, true);
	}

}
