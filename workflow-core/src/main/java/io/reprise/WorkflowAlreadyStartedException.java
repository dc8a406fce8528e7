package io.reprise;

/**
 * A workflow with this id exists, and the policies of the start refuse another.
 *
 * @see IdReusePolicy
 * @see IdConflictPolicy
 */
public class WorkflowAlreadyStartedException extends WorkflowException {

	private final String workflowId;

	private final String runId;

	public WorkflowAlreadyStartedException(String message, String workflowId, String runId) {
		super(ErrorCode.WORKFLOW_ALREADY_STARTED, message);
		this.workflowId = workflowId;
		this.runId = runId;
	}

	public String workflowId() {
		return workflowId;
	}

	/**
	 * The run that stands in the way.
	 * @return its id
	 */
	public String runId() {
		return runId;
	}

}
