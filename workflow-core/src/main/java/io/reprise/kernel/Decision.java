package io.reprise.kernel;

import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.protocol.HistoryEvent;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says to a command.
 */
public sealed interface Decision {

	/**
	 * It takes effect.
	 *
	 * @param events what to append, possibly nothing
	 * @param overlay the overlay afterwards, given that the events are appended
	 * @param next the run to be created together with it, or {@code null}
	 */
	record Accepted(List<HistoryEvent> events, RunOverlay overlay, @Nullable NextRun next) implements Decision {

		public Accepted {
			events = List.copyOf(events);
		}

		public Accepted(List<HistoryEvent> events, RunOverlay overlay) {
			this(events, overlay, null);
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
