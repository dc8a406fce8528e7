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

	/**
	 * Sends an update and waits for its result, with {@linkplain UpdateOptions#defaults()
	 * default options}.
	 * @param <U> type of the result
	 * @param call exactly one call of an update method
	 * @return the result
	 * @throws WorkflowUpdateException if it came to none
	 */
	default <U> U update(Function<W, U> call) {
		return update(call, UpdateOptions.defaults());
	}

	/**
	 * Sends an update and waits for its result. It is durable once the workflow has
	 * accepted it. It is no part of a transaction of the caller's, and refused in one
	 * unless the handle is {@link #independent()}.
	 * @param <U> type of the result
	 * @param call exactly one call of an update method
	 * @param options its id, and how long to wait until it is accepted
	 * @return the result
	 * @throws WorkflowUpdateException if it came to none
	 */
	<U> U update(Function<W, U> call, UpdateOptions options);

	/**
	 * Sends an update whose method returns nothing, and waits until it has ended.
	 * @param call exactly one call of an update method
	 */
	default void updateVoid(Consumer<W> call) {
		updateVoid(call, UpdateOptions.defaults());
	}

	/**
	 * Sends an update whose method returns nothing, and waits until it has ended.
	 * @param call exactly one call of an update method
	 * @param options its id, and how long to wait until it is accepted
	 */
	void updateVoid(Consumer<W> call, UpdateOptions options);

	/**
	 * Sends an update and waits until the workflow has accepted it.
	 * @param <U> type of the result
	 * @param call exactly one call of an update method
	 * @param options its id, and how long to wait until it is accepted
	 * @return what to wait for the result with
	 * @throws WorkflowUpdateException if it is not accepted
	 */
	<U> UpdateHandle<U> startUpdate(Function<W, U> call, UpdateOptions options);

	/**
	 * Sends an update whose method returns nothing, and waits until the workflow has
	 * accepted it.
	 * @param call exactly one call of an update method
	 * @param options its id, and how long to wait until it is accepted
	 * @return what to wait for its end with
	 */
	UpdateHandle<Void> startUpdateVoid(Consumer<W> call, UpdateOptions options);

	@Override
	WorkflowHandle<W, R> independent();

}
