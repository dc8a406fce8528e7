package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * A child workflow did not complete, or could not be started. The cause says why: what it
 * failed with, a {@link CanceledFailure}, {@link TerminatedFailure} or
 * {@link TimeoutFailure}; or an {@link ApplicationFailure} of type
 * {@code WorkflowAlreadyStarted} if its id was in use.
 */
public final class ChildWorkflowFailure extends RecordedFailure {

	private final String workflowType;

	private final String workflowId;

	private final String runId;

	public ChildWorkflowFailure(String workflowType, String workflowId, String runId, @Nullable Throwable cause) {
		super(ErrorCode.FAILED, "Child workflow %s '%s' (run %s) did not complete%s".formatted(workflowType, workflowId,
				runId, (cause != null) ? ": " + cause.getMessage() : ""), cause);
		this.workflowType = workflowType;
		this.workflowId = workflowId;
		this.runId = runId;
	}

	public String workflowType() {
		return workflowType;
	}

	public String workflowId() {
		return workflowId;
	}

	/**
	 * The child's run.
	 * @return its id, which no run has if the child could not be started
	 */
	public String runId() {
		return runId;
	}

}
