package io.reprise;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What an activity may ask and tell while it runs. Legal only on the activity's own
 * thread.
 */
public final class Activities {

	private Activities() {
	}

	/**
	 * What this attempt is, with its idempotency key.
	 * @return the info
	 */
	public static ActivityInfo info() {
		return ActivityContext.current().info();
	}

	/**
	 * Tells that the activity is alive.
	 * @throws CanceledFailure if its workflow no longer wants it, or its time ran out
	 */
	public static void heartbeat() {
		ActivityContext.current().heartbeat(null);
	}

	/**
	 * Tells that the activity is alive and how far it has come. The next attempt can read
	 * the details.
	 * @param details a value that can be written as a payload
	 * @throws CanceledFailure if its workflow no longer wants it, or its time ran out
	 */
	public static void heartbeat(@Nullable Object details) {
		ActivityContext.current().heartbeat(details);
	}

	/**
	 * Details of the last heartbeat of an earlier attempt.
	 * @param <T> type of the details
	 * @param type type of the details
	 * @return the details, if there are any
	 */
	public static <T> Optional<T> lastHeartbeat(Class<T> type) {
		return Optional.ofNullable(ActivityContext.current().lastHeartbeat(type));
	}

	/**
	 * Whether nobody waits for this attempt any more.
	 * @return {@code true} after a cancel or a time-out, or when the workflow has closed
	 */
	public static boolean cancelled() {
		return ActivityContext.current().isCancelled();
	}

}
