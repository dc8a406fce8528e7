package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * The result of something a workflow does at the same time as it does other things. Legal
 * only on the threads of the workflow that made it.
 *
 * @param <T> type of the result
 */
public interface Promise<T extends @Nullable Object> {

	/**
	 * Waits for the result.
	 * @return the result
	 * @throws RecordedFailure if it failed
	 */
	T get();

	/**
	 * Whether there is a result or a failure.
	 * @return {@code true} if {@link #get()} would not wait
	 */
	boolean isDone();

}
