package io.reprise.replay;

/**
 * What a run's code may use; over a limit its own call fails.
 *
 * @param payloadBytes size of one payload
 * @param pendingActivities activities without a result
 * @param pendingTimers timers that have not fired
 * @param pendingRequests children without an end, and besides signals to other workflows
 * that are on their way
 */
public record ReplayLimits(int payloadBytes, int pendingActivities, int pendingTimers, int pendingRequests) {

	/** The field's usual figures. */
	public static final ReplayLimits DEFAULT = new ReplayLimits(64 * 1024 * 1024, 2_000, 2_000);

	private static final int INLINE_BYTES = 2 * 1024 * 1024;

	/**
	 * Size of what stays with the run itself: details of heartbeats and failures.
	 * @return the size
	 */
	public int inlineBytes() {
		return Math.min(payloadBytes, INLINE_BYTES);
	}

	/**
	 * Limits with the usual figure for what other runs are asked for.
	 * @param payloadBytes size of one payload
	 * @param pendingActivities activities without a result
	 * @param pendingTimers timers that have not fired
	 */
	public ReplayLimits(int payloadBytes, int pendingActivities, int pendingTimers) {
		this(payloadBytes, pendingActivities, pendingTimers, 2_000);
	}

}
