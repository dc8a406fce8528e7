package io.reprise;

/**
 * Whether a start may use the id of a <em>closed</em> workflow.
 */
public enum IdReusePolicy {

	/** Start a new run. The default. */
	ALLOW_DUPLICATE,
	/**
	 * Start a new run only if the last one failed, was cancelled, terminated or timed
	 * out.
	 */
	ALLOW_DUPLICATE_FAILED_ONLY,
	/** Refuse. */
	REJECT_DUPLICATE

}
