package io.reprise;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The workflow whose result was asked for did not complete: it failed, was cancelled,
 * terminated or timed out. The cause chain tells the whole story.
 */
public class WorkflowFailedException extends WorkflowException {

	private final String workflowId;

	private final String runId;

	private final WorkflowStatus status;

	private final @Nullable String nextRunId;

	public WorkflowFailedException(String workflowId, String runId, String workflowType, WorkflowStatus status,
			@Nullable Throwable cause) {
		this(workflowId, runId, workflowType, status, null, cause);
	}

	public WorkflowFailedException(String workflowId, String runId, String workflowType, WorkflowStatus status,
			@Nullable String nextRunId, @Nullable Throwable cause) {
		super(ErrorCode.FAILED,
				"Expected workflow '%s' (%s, run %s) to complete, but it is %s%s%s".formatted(workflowId, workflowType,
						runId, status, (nextRunId != null) ? " and goes on in run " + nextRunId : "",
						(cause != null) ? ": " + cause.getMessage() : ""),
				cause);
		this.nextRunId = nextRunId;
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
	 * The run that the workflow goes on in: it has continued as new, is tried again, or
	 * is due again.
	 * @return the run, empty if it has come to its end
	 */
	public Optional<String> nextRunId() {
		return Optional.ofNullable(nextRunId);
	}

	/**
	 * How it closed.
	 * @return a closed status other than {@link WorkflowStatus#COMPLETED}
	 */
	public WorkflowStatus status() {
		return status;
	}

}
