package io.reprise;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A failure of application code. Any exception that leaves an activity or a workflow is
 * recorded as one; thrown by hand it also says how to go on: not to retry, or when.
 */
public final class ApplicationFailure extends RecordedFailure {

	private final String type;

	private final boolean nonRetryable;

	private final @Nullable Duration nextRetryDelay;

	private final @Nullable Object details;

	private ApplicationFailure(String type, @Nullable String message, boolean nonRetryable,
			@Nullable Duration nextRetryDelay, @Nullable Object details, @Nullable Throwable cause) {
		super(ErrorCode.FAILED, message, cause);
		this.type = type;
		this.nonRetryable = nonRetryable;
		this.nextRetryDelay = nextRetryDelay;
		this.details = details;
	}

	/**
	 * A failure that is retried as the policy says.
	 * @param type a name that policies and callers know it by
	 * @param message what went wrong
	 * @return the failure
	 */
	public static ApplicationFailure retryable(String type, @Nullable String message) {
		return new ApplicationFailure(type, message, false, null, null, null);
	}

	/**
	 * A failure that is not retried.
	 * @param type a name that policies and callers know it by
	 * @param message what went wrong
	 * @return the failure
	 */
	public static ApplicationFailure nonRetryable(String type, @Nullable String message) {
		return new ApplicationFailure(type, message, true, null, null, null);
	}

	/**
	 * A failure with everything said.
	 * @param type a name that policies and callers know it by
	 * @param message what went wrong
	 * @param nonRetryable whether retrying is of no use
	 * @param nextRetryDelay wait before the next attempt, in place of the policy's
	 * @param details a value that travels with the failure
	 * @param cause the cause
	 * @return the failure
	 */
	public static ApplicationFailure of(String type, @Nullable String message, boolean nonRetryable,
			@Nullable Duration nextRetryDelay, @Nullable Object details, @Nullable Throwable cause) {
		return new ApplicationFailure(type, message, nonRetryable, nextRetryDelay, details, cause);
	}

	/**
	 * This failure with a wait of its own before the next attempt.
	 * @param delay the wait
	 * @return the changed failure
	 */
	public ApplicationFailure withNextRetryDelay(Duration delay) {
		return new ApplicationFailure(type, getMessage(), nonRetryable, delay, details, getCause());
	}

	/**
	 * This failure with details.
	 * @param value a value that can be written as a payload
	 * @return the changed failure
	 */
	public ApplicationFailure withDetails(@Nullable Object value) {
		return new ApplicationFailure(type, getMessage(), nonRetryable, nextRetryDelay, value, getCause());
	}

	public String type() {
		return type;
	}

	public boolean isNonRetryable() {
		return nonRetryable;
	}

	public @Nullable Duration nextRetryDelay() {
		return nextRetryDelay;
	}

	/**
	 * The details: as thrown, or as JSON's plain Java types (maps, lists, strings,
	 * numbers) after they were recorded.
	 * @return the details, or {@code null}
	 */
	public @Nullable Object details() {
		return details;
	}

	boolean isType(String name) {
		return type.equals(name) || type.endsWith("." + name) || type.endsWith("$" + name);
	}

}
