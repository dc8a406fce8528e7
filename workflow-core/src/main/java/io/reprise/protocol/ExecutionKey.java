package io.reprise.protocol;

/**
 * Names one run.
 *
 * @param namespace the namespace
 * @param workflowId the id the user chose
 * @param runId the id of the run, unique everywhere
 */
public record ExecutionKey(String namespace, String workflowId, String runId) {

	/** The namespace of whoever names none. */
	public static final String DEFAULT_NAMESPACE = "default";

	@Override
	public String toString() {
		return workflowId + " (run " + runId + ")";
	}

}
