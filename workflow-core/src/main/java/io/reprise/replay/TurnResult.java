package io.reprise.replay;

import java.time.Instant;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.protocol.TurnCommand;

/**
 * How a turn ended.
 */
public sealed interface TurnResult {

	/**
	 * All of the workflow's code waits, or the workflow has ended.
	 *
	 * @param time what {@code now()} said
	 * @param commands what it decided, in order; a closing command is the last
	 * @param unpatched patches found while replaying that the run must never take and
	 * that no marker says yet
	 */
	record Completed(Instant time, List<TurnCommand> commands, List<String> unpatched) implements TurnResult {

		public Completed {
			commands = List.copyOf(commands);
			unpatched = List.copyOf(unpatched);
		}

	}

	/**
	 * A bug: the run cannot go on with this code. The machine is of no further use.
	 *
	 * @param code what kind of bug
	 * @param message what happened, with expected and actual command and the source line
	 * where it is a mismatch, with the stack where it is a deadlock
	 */
	record Bug(ErrorCode code, String message) implements TurnResult {

	}

}
