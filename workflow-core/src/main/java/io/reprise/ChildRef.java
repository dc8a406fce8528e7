package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * A child workflow that has been started, as its parent reaches it. Belongs to the
 * parent's run and is used on its threads only.
 *
 * @param <R> type of its result
 */
public interface ChildRef<R extends @Nullable Object> {

	String workflowId();

	String runId();

	/**
	 * Its result. Whoever waits for it gets a {@link ChildWorkflowFailure} if the child
	 * does not complete.
	 * @return a promise of the result
	 */
	Promise<R> result();

	/**
	 * Sends a signal by name, and waits until it is durable.
	 * @param name name of the signal
	 * @param args its arguments
	 * @throws ApplicationFailure of type {@code WorkflowClosed} if the child has ended
	 */
	void signal(String name, @Nullable Object... args);

	/**
	 * Asks the child to stop, and waits until the request is durable. What becomes of the
	 * child is told by {@link #result()}.
	 * @throws ApplicationFailure of type {@code WorkflowClosed} if the child has ended
	 */
	void cancel();

}
