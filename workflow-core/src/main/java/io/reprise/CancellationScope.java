package io.reprise;

/**
 * A part of a workflow that is cancelled as a whole. A workflow's cancellation cancels
 * its root scope and with it every scope inside, but no detached one: clean-up runs
 * there.
 *
 * @see Workflows#cancellationScope(Runnable)
 */
public interface CancellationScope {

	/**
	 * Asks what runs in this scope, and in the scopes inside, to stop: what waits there
	 * throws {@link CanceledFailure}.
	 */
	void cancel();

	/**
	 * Whether cancellation was asked for.
	 * @return {@code true} after {@link #cancel()}, here or in a scope around
	 */
	boolean isCancelRequested();

}
