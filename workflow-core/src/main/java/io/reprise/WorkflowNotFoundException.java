package io.reprise;

/**
 * No workflow has this id, or it has no such run.
 */
public class WorkflowNotFoundException extends WorkflowException {

	public WorkflowNotFoundException(String message) {
		super(ErrorCode.WORKFLOW_NOT_FOUND, message);
	}

}
