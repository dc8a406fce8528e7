package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * Arguments that a dynamic handler gets: it does not know them by their types.
 */
public interface Arguments {

	/**
	 * How many there are.
	 * @return the number
	 */
	int size();

	/**
	 * Reads one of them.
	 * @param <T> what to read it as
	 * @param index from 0
	 * @param type what to read it as
	 * @return the argument
	 * @throws WorkflowException with {@link ErrorCode#DECODING_FAILED} if it cannot be
	 * read as that, {@link ErrorCode#INVALID_ARGUMENT} if there is none at the index
	 */
	<T> @Nullable T get(int index, Class<T> type);

}
