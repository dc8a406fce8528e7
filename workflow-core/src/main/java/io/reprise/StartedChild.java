package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * A child whose start was asked for.
 *
 * @param <R> type of its result
 */
@Internal("made by the replayer, handed out by Workflows")
public interface StartedChild<R extends @Nullable Object> extends ChildRef<R> {

	/**
	 * Waits until it is known to have been started.
	 * @throws ChildWorkflowFailure if it could not be
	 */
	void awaitStart();

}
