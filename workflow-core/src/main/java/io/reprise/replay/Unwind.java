package io.reprise.replay;

/**
 * Ends a coroutine whose machine is closed, broken or has given the coroutine up.
 */
final class Unwind extends MachineError {

	Unwind() {
		super("This workflow is being removed from memory; nothing it does now counts. Let this error pass");
	}

}
