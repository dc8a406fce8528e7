package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * An activity failed for good: its retries are used up, or retrying is of no use. The
 * cause is what the last attempt failed with.
 */
public final class ActivityFailure extends RecordedFailure {

	private final String activityType;

	private final int activityId;

	private final int attempts;

	public ActivityFailure(String activityType, int activityId, int attempts, @Nullable Throwable cause) {
		super(ErrorCode.FAILED, "Activity %s (%d) failed after %d attempt%s%s".formatted(activityType, activityId,
				attempts, (attempts == 1) ? "" : "s", (cause != null) ? ": " + cause.getMessage() : ""), cause);
		this.activityType = activityType;
		this.activityId = activityId;
		this.attempts = attempts;
	}

	public String activityType() {
		return activityType;
	}

	public int activityId() {
		return activityId;
	}

	/**
	 * How many attempts were made.
	 * @return the number of attempts
	 */
	public int attempts() {
		return attempts;
	}

}
