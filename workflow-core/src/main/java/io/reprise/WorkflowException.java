package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * Root of all exceptions of Reprise. Its message says what was expected, what was found
 * and what to do; its code is stable.
 */
public class WorkflowException extends RuntimeException {

	private final ErrorCode code;

	public WorkflowException(ErrorCode code, @Nullable String message) {
		this(code, message, null);
	}

	public WorkflowException(ErrorCode code, @Nullable String message, @Nullable Throwable cause) {
		super(message, cause);
		this.code = code;
	}

	/**
	 * The stable code of what went wrong.
	 * @return the code
	 */
	public ErrorCode code() {
		return code;
	}

	static WorkflowException invalid(String message) {
		return new WorkflowException(ErrorCode.INVALID_ARGUMENT, message);
	}

	@Override
	public String toString() {
		return getClass().getSimpleName() + " [" + code + "]: " + getMessage();
	}

}
