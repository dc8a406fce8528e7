package io.reprise.replay;

/**
 * The code did something else than the history says.
 */
final class NonDeterminismError extends MachineError {

	NonDeterminismError(String message) {
		super(message);
	}

}
