package io.reprise.replay;

import java.time.Instant;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.protocol.LocalAttempt;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.TurnUpdates;

/**
 * How a turn ended.
 */
public sealed interface TurnResult {

	/**
	 * All of the workflow's code waits, or the workflow has ended, or local activities
	 * take long.
	 *
	 * @param time what {@code now()} said at the beginning of the turn
	 * @param commands what it decided, in order; a closing command is the last
	 * @param unpatched patches found while replaying that the run must never take and
	 * that no marker says yet
	 * @param underWay local activities that the next turn has to go on with
	 * @param updates what became of the task's updates
	 */
	record Completed(Instant time, List<TurnCommand> commands, List<String> unpatched, List<LocalAttempt> underWay,
			TurnUpdates updates) implements TurnResult {

		public Completed {
			commands = List.copyOf(commands);
			unpatched = List.copyOf(unpatched);
			underWay = List.copyOf(underWay);
		}

	}

	/**
	 * Local activities are under way, and there is nothing to hand in: run the turn again
	 * when there is.
	 */
	record Waiting() implements TurnResult {

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
