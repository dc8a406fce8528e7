package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * A workflow was terminated by an operator: at once, without clean-up.
 */
public final class TerminatedFailure extends RecordedFailure {

	public TerminatedFailure(@Nullable String reason) {
		super(ErrorCode.FAILED, reason, null);
	}

}
