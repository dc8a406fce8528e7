package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * Another workflow as a workflow reaches it that knows its id: the run that is open when
 * the message gets there. Belongs to the run that made it.
 */
public interface ExternalRef {

	String workflowId();

	/**
	 * Sends a signal by name, and waits until it is durable.
	 * @param name name of the signal
	 * @param args its arguments
	 * @throws ApplicationFailure of type {@code WorkflowNotFound} or
	 * {@code WorkflowClosed} if there is no such open workflow
	 */
	void signal(String name, @Nullable Object... args);

	/**
	 * Asks the workflow to stop, and waits until the request is durable. May be called in
	 * a cancelled scope.
	 * @throws ApplicationFailure of type {@code WorkflowNotFound} or
	 * {@code WorkflowClosed} if there is no such open workflow
	 */
	void cancel();

}
