package io.reprise.kernel;

import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.protocol.HistoryEvent;

/**
 * What the kernel says to a command.
 */
public sealed interface Decision {

	/**
	 * It takes effect.
	 *
	 * @param events what to append, possibly nothing
	 * @param overlay the overlay afterwards, given that the events are appended
	 */
	record Accepted(List<HistoryEvent> events, RunOverlay overlay) implements Decision {

		public Accepted {
			events = List.copyOf(events);
		}

	}

	/**
	 * It took effect before.
	 */
	record Duplicate() implements Decision {

	}

	/**
	 * It is too late and changes nothing. If a turn must be run again with what it has
	 * not seen, the engine dispatches it.
	 *
	 * @param redispatch whether the turn has to be dispatched anew
	 */
	record Stale(boolean redispatch) implements Decision {

	}

	/**
	 * It is refused.
	 *
	 * @param code why
	 * @param message why, and what to do
	 */
	record Rejected(ErrorCode code, String message) implements Decision {

	}

}
