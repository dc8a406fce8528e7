package io.reprise.spi;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * The store could not do what was asked.
 */
public class StoreException extends WorkflowException {

	private final Outcome outcome;

	public StoreException(Outcome outcome, String message, @Nullable Throwable cause) {
		super(ErrorCode.STORE_UNAVAILABLE, message, cause);
		this.outcome = outcome;
	}

	public Outcome outcome() {
		return outcome;
	}

	/** What became of the work. */
	public enum Outcome {

		/** Nothing was written, and the same work may succeed when tried again. */
		NOTHING_WRITTEN,
		/**
		 * Nothing was written because of the work itself: trying it again is of no use.
		 */
		REFUSED,
		/** It may have been written or not: reload before deciding anything. */
		UNKNOWN

	}

}
