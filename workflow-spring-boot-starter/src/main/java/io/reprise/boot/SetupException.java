package io.reprise.boot;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * The application is set up so that workflows cannot run.
 */
final class SetupException extends WorkflowException {

	private final String description;

	private final String action;

	SetupException(ErrorCode code, String description, String action, @Nullable Throwable cause) {
		super(code, description + ". " + action, cause);
		this.description = description;
		this.action = action;
	}

	SetupException(String description, String action) {
		this(ErrorCode.INVALID_ARGUMENT, description, action, null);
	}

	/**
	 * What keeps the engine from starting. Messages say what was expected and found in
	 * their first sentence, and what to do in the rest.
	 * @param ex the failure
	 * @return the same failure with description and action
	 */
	static SetupException of(WorkflowException ex) {
		String message = String.valueOf(ex.getMessage());
		int end = message.indexOf(". ");
		String description = (end > 0) ? message.substring(0, end) : message;
		String action = (end > 0) ? message.substring(end + 2) : "Correct the configuration";
		return new SetupException(ex.code(), description, action, ex);
	}

	String description() {
		return description;
	}

	String action() {
		return action;
	}

}
