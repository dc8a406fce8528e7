package io.reprise.replay;

import io.reprise.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Words for bugs.
 */
final class Bugs {

	private Bugs() {
	}

	/**
	 * An exception that stalls the run.
	 */
	static TurnResult.Bug thrown(Throwable thrown) {
		return new TurnResult.Bug(ErrorCode.WORKFLOW_BUG,
				"Expected the workflow to return or to fail, but it threw " + describe(thrown)
						+ ". That is taken for a bug: the run is kept and goes on when a repaired build is deployed");
	}

	/**
	 * The exception and the line of user code it came from.
	 */
	static String describe(Throwable thrown) {
		return thrown + at(SourceLine.of(thrown));
	}

	static String at(@Nullable String sourceLine) {
		return (sourceLine != null) ? " at " + sourceLine : "";
	}

}
