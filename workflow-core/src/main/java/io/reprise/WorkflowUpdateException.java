package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * An update did not come to a result. The code tells why:
 * {@link ErrorCode#UPDATE_REJECTED} and {@link ErrorCode#UNKNOWN_UPDATE} if the workflow
 * did not take it, {@link ErrorCode#UPDATE_FAILED} if its handler failed, which is the
 * cause then, {@link ErrorCode#UPDATE_ABANDONED} if the workflow ended before its
 * handler, {@link ErrorCode#UPDATE_TIMEOUT} if the workflow did not say in time.
 */
public class WorkflowUpdateException extends WorkflowException {

	private final String workflowId;

	private final String updateId;

	public WorkflowUpdateException(ErrorCode code, String message, String workflowId, String updateId,
			@Nullable Throwable cause) {
		super(code, message, cause);
		this.workflowId = workflowId;
		this.updateId = updateId;
	}

	public String workflowId() {
		return workflowId;
	}

	public String updateId() {
		return updateId;
	}

}
