package io.reprise.replay;

/**
 * The run cannot go on with this code.
 */
final class BugError extends MachineError {

	BugError(String message) {
		super(message);
	}

}
