package io.reprise;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A child workflow that has been started and whose class is known.
 *
 * @param <W> the workflow type
 * @param <R> type of its result
 */
public interface ChildHandle<W, R extends @Nullable Object> extends ChildRef<R> {

	/**
	 * Sends a signal, and waits until it is durable.
	 * @param call makes exactly one call of a method with {@link Workflow.Signal}
	 * @throws ApplicationFailure of type {@code WorkflowClosed} if the child has ended
	 */
	void signal(Consumer<W> call);

}
