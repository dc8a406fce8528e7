package io.reprise.protocol;

/**
 * Says which turn a task asks for. Its completion counts only while {@code lastMarkerId}
 * is still the run's last marker.
 *
 * @param lastMarkerId id of the last turn's marker, 0 before the first
 * @param seenUpTo id of the last input that the task carries
 */
public record TaskToken(long lastMarkerId, long seenUpTo) {

	/** {@code seenUpTo} of a worker that rejects updates for a turn that found a bug. */
	public static final long NOTHING_SEEN = 0;

}
