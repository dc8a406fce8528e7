package io.reprise;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A workflow whose class is known.
 *
 * @param <W> the workflow type
 * @param <R> type of its result
 */
public interface WorkflowHandle<W, R> extends WorkflowRef {

	/**
	 * Waits for the result; returns at once if the run is closed.
	 * @return the result, {@code null} for a workflow without one
	 * @throws WorkflowFailedException if it did not complete
	 */
	@Nullable R result();

	/**
	 * Waits for the result, but not for ever.
	 * @param timeout how long to wait
	 * @return the result, {@code null} for a workflow without one
	 * @throws WorkflowException with {@link ErrorCode#RESULT_TIMEOUT} if the run is still
	 * open then
	 */
	@Nullable R result(Duration timeout);

	/**
	 * Asks a query. It sees every input acknowledged before.
	 * @param <Q> type of the answer
	 * @param call exactly one call of a query method
	 * @return the answer
	 */
	<Q> Q query(Function<W, Q> call);

	/**
	 * Sends a signal. When this returns, the signal is durable; inside a transaction of
	 * the caller's, when that commits.
	 * @param call exactly one call of a signal method
	 */
	void signal(Consumer<W> call);

	@Override
	WorkflowHandle<W, R> independent();

}
