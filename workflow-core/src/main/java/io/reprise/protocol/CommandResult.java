package io.reprise.protocol;

import io.reprise.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What the gate answers.
 */
public sealed interface CommandResult {

	/**
	 * The command took effect, durably.
	 *
	 * @param key the run it took effect on
	 * @param lastEventId id of the last event it wrote; for a completed turn the marker's
	 * id
	 */
	record Accepted(ExecutionKey key, long lastEventId) implements CommandResult {

	}

	/**
	 * The command had taken effect before.
	 *
	 * @param key the run it took effect on
	 */
	record Duplicate(ExecutionKey key) implements CommandResult {

	}

	/**
	 * The command came too late and changed nothing: its turn, attempt or timer is
	 * settled.
	 */
	record Stale() implements CommandResult {

	}

	/**
	 * The command was refused and changed nothing.
	 *
	 * @param code why
	 * @param message why, and what to do
	 * @param failure what the validator of an update threw, or {@code null}
	 */
	record Rejected(ErrorCode code, String message, @Nullable Failure failure) implements CommandResult {

		public Rejected(ErrorCode code, String message) {
			this(code, message, null);
		}

	}

}
