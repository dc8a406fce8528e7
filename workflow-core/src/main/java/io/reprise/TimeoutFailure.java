package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * A time ran out.
 */
public final class TimeoutFailure extends RecordedFailure {

	private final TimeoutType timeoutType;

	private final @Nullable Object lastHeartbeat;

	public TimeoutFailure(TimeoutType timeoutType, @Nullable String message, @Nullable Object lastHeartbeat,
			@Nullable Throwable cause) {
		super(ErrorCode.FAILED, message, cause);
		this.timeoutType = timeoutType;
		this.lastHeartbeat = lastHeartbeat;
	}

	/**
	 * Which time ran out.
	 * @return the type of the time-out
	 */
	public TimeoutType timeoutType() {
		return timeoutType;
	}

	/**
	 * Details of the last heartbeat, as JSON's plain Java types.
	 * @return the details, or {@code null}
	 */
	public @Nullable Object lastHeartbeat() {
		return lastHeartbeat;
	}

}
