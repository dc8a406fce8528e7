package io.reprise;

/**
 * What a start does when a workflow with its id is <em>running</em>.
 */
public enum IdConflictPolicy {

	/** Refuse. The default. */
	FAIL,
	/** Return the running one's handle. */
	USE_EXISTING,
	/** Terminate the running one and start a new run. */
	TERMINATE_EXISTING

}
