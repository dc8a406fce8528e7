package io.reprise.kernel;

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
 */
public record Limits(int payloadBytes, int historyEvents, long historyBytes, int pendingActivities, int pendingTimers,
		int signals, int idLength) {

	/** The field's usual figures. */
	public static final Limits DEFAULT = new Limits(2 * 1024 * 1024, 51_200, 50L * 1024 * 1024, 2_000, 2_000, 10_000,
			1_000);

}
