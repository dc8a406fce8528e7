package io.reprise;

/**
 * What the cancellation of a scope means for the child workflows that were started in it.
 */
public enum ChildCancellationType {

	/**
	 * The child is asked to stop, and the parent waits until it has ended. What it waits
	 * for is then how the child ended. The default.
	 */
	WAIT_CANCELLATION_COMPLETED,
	/**
	 * The child is asked to stop, and the parent waits until the request has reached it.
	 */
	WAIT_CANCELLATION_REQUESTED,
	/** The child is asked to stop, and the parent does not wait. */
	TRY_CANCEL,
	/** The child is not told, and the parent does not wait. */
	ABANDON

}
