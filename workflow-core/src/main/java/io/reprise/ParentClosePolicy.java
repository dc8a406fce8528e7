package io.reprise;

/**
 * What becomes of a child workflow that is still open when its parent has ended, however
 * that ended.
 */
public enum ParentClosePolicy {

	/** It is terminated. The default. */
	TERMINATE,
	/** It goes on by itself. */
	ABANDON,
	/** It is asked to stop, and decides how. */
	REQUEST_CANCEL

}
