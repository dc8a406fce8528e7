package io.reprise.kernel;

import io.reprise.protocol.ClaimCheck;

/**
 * What a run may use.
 *
 * @param payloadBytes size of one payload
 * @param historyEvents events of a history
 * @param historyBytes size of a history as stored
 * @param pendingActivities activities without a result
 * @param pendingTimers timers that have not fired
 * @param signals signals in all
 * @param idLength characters of an id
 * @param claimCheckBytes payloads of more bytes are kept beside the history
 * @param pendingRequests children without an end, and besides signals to other workflows
 * that are on their way
 */
public record Limits(int payloadBytes, int historyEvents, long historyBytes, int pendingActivities, int pendingTimers,
		int signals, int idLength, int claimCheckBytes, int pendingRequests) {

	/** What the engine keeps with a run itself is no larger: heartbeats, reasons. */
	public static final int INLINE_BYTES = 2 * 1024 * 1024;

	/** The field's usual figure. */
	private static final int REQUESTS = 2_000;

	/** The field's usual figures. */
	public static final Limits DEFAULT = new Limits(64 * 1024 * 1024, 51_200, 50L * 1024 * 1024, 2_000, 2_000, 10_000,
			1_000, 64 * 1024, REQUESTS);

	/**
	 * Limits of runs whose payloads all stand in the history, with the usual figure for
	 * what other runs are asked for.
	 * @param payloadBytes size of one payload
	 * @param historyEvents events of a history
	 * @param historyBytes size of a history as stored
	 * @param pendingActivities activities without a result
	 * @param pendingTimers timers that have not fired
	 * @param signals signals in all
	 * @param idLength characters of an id
	 */
	public Limits(int payloadBytes, int historyEvents, long historyBytes, int pendingActivities, int pendingTimers,
			int signals, int idLength) {
		this(payloadBytes, historyEvents, historyBytes, pendingActivities, pendingTimers, signals, idLength,
				ClaimCheck.NEVER, REQUESTS);
	}

	int inlineBytes() {
		return Math.min(payloadBytes, INLINE_BYTES);
	}

}
