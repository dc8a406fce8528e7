package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * Something was cancelled. Thrown where a cancelled workflow waits; a workflow that lets
 * it pass closes as cancelled.
 */
public final class CanceledFailure extends RecordedFailure {

	private final @Nullable Object details;

	public CanceledFailure(@Nullable String message) {
		this(message, null);
	}

	public CanceledFailure(@Nullable String message, @Nullable Object details) {
		super(ErrorCode.FAILED, message, null);
		this.details = details;
	}

	public @Nullable Object details() {
		return details;
	}

}
