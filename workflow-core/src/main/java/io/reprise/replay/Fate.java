package io.reprise.replay;

import io.reprise.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Whether a machine's coroutines may go on. Once they may not, they never may again,
 * whatever user code catches. Read on the threads of all coroutines, hung ones included.
 */
final class Fate {

	private volatile TurnResult.@Nullable Bug bug;

	private volatile @Nullable Mismatch mismatch;

	private volatile boolean unwinding;

	boolean isUnwinding() {
		return unwinding;
	}

	/**
	 * The first bug found.
	 * @return the bug, or {@code null}
	 */
	TurnResult.@Nullable Bug bug() {
		return bug;
	}

	/**
	 * Nothing counts from here on: the machine is being closed.
	 */
	void unwind() {
		unwinding = true;
	}

	/**
	 * The run cannot go on with this code. The first bug stands, and what fails because
	 * of unwinding is none.
	 */
	void condemn(TurnResult.Bug found) {
		if (!unwinding) {
			bug = found;
			unwinding = true;
		}
	}

	/**
	 * An exception escaped that stalls the run. What the machine threw itself has been
	 * dealt with.
	 */
	void condemn(Throwable thrown) {
		if (!(thrown instanceof MachineError)) {
			condemn(Bugs.thrown(thrown));
		}
	}

	BugError bug(ErrorCode code, String message) {
		condemn(new TurnResult.Bug(code, message));
		return new BugError(message);
	}

	/**
	 * Where the code and the history part.
	 * @return the place, or {@code null} if they have not
	 */
	@Nullable Mismatch mismatch() {
		return mismatch;
	}

	NonDeterminismError nonDeterminism(String message, Mismatch found) {
		if (!unwinding) {
			mismatch = found;
		}
		return nonDeterminism(message);
	}

	NonDeterminismError nonDeterminism(String message) {
		condemn(new TurnResult.Bug(ErrorCode.NON_DETERMINISM, message));
		return new NonDeterminismError(message);
	}

}
