package io.reprise;

import java.util.function.Consumer;

/**
 * Another workflow whose class is known.
 *
 * @param <W> the workflow type
 */
public interface ExternalWorkflow<W> extends ExternalRef {

	/**
	 * Sends a signal, and waits until it is durable.
	 * @param call makes exactly one call of a method with {@link Workflow.Signal}
	 * @throws ApplicationFailure of type {@code WorkflowNotFound} or
	 * {@code WorkflowClosed} if there is no such open workflow
	 */
	void signal(Consumer<W> call);

}
