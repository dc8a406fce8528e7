package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * The workflow whose result was asked for did not complete: it failed, was cancelled,
 * terminated or timed out. The cause chain tells the whole story.
 */
public class WorkflowFailedException extends WorkflowException {

	private final String workflowId;

	private final String runId;

	private final WorkflowStatus status;

	public WorkflowFailedException(String workflowId, String runId, String workflowType, WorkflowStatus status,
			@Nullable Throwable cause) {
		super(ErrorCode.FAILED, "Expected workflow '%s' (%s, run %s) to complete, but it is %s%s".formatted(workflowId,
				workflowType, runId, status, (cause != null) ? ": " + cause.getMessage() : ""), cause);
		this.workflowId = workflowId;
		this.runId = runId;
		this.status = status;
	}

	public String workflowId() {
		return workflowId;
	}

	public String runId() {
		return runId;
	}

	/**
	 * How it closed.
	 * @return a closed status other than {@link WorkflowStatus#COMPLETED}
	 */
	public WorkflowStatus status() {
		return status;
	}

}
