package io.reprise;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How an update is sent.
 *
 * @param updateId recognises the same update: one that a run has accepted is not run
 * again there, and has the outcome that it had; {@code null} for a random one
 * @param timeout how long to wait until the workflow says whether it takes the update
 */
public record UpdateOptions(@Nullable String updateId, Duration timeout) {

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

	private static final UpdateOptions DEFAULTS = new UpdateOptions(null, DEFAULT_TIMEOUT);

	/**
	 * An update with a random id, which the workflow has 30 s to accept.
	 * @return the default options
	 */
	public static UpdateOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * An update by id.
	 * @param updateId at most 500 characters
	 * @return options with this id
	 */
	public static UpdateOptions withId(String updateId) {
		return new UpdateOptions(updateId, DEFAULT_TIMEOUT);
	}

	public UpdateOptions timeout(Duration other) {
		return new UpdateOptions(updateId, other);
	}

}
