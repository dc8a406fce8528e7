package io.reprise;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * An update that a workflow has accepted: it is durable, and its handler will run to its
 * end unless the workflow ends before.
 *
 * @param <R> type of its result
 */
public interface UpdateHandle<R> {

	String updateId();

	String workflowId();

	/**
	 * The run that accepted it.
	 * @return its id
	 */
	String runId();

	/**
	 * Waits for the result; returns at once if the handler has ended.
	 * @return the result, {@code null} for a handler without one
	 * @throws WorkflowUpdateException with {@link ErrorCode#UPDATE_FAILED} if the handler
	 * failed, {@link ErrorCode#UPDATE_ABANDONED} if the workflow ended before it
	 */
	@Nullable R result();

	/**
	 * Waits for the result, but not for ever.
	 * @param timeout how long to wait
	 * @return the result, {@code null} for a handler without one
	 * @throws WorkflowException with {@link ErrorCode#RESULT_TIMEOUT} if the handler is
	 * still at work then
	 */
	@Nullable R result(Duration timeout);

}
