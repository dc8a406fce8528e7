package io.reprise.kernel;

import java.time.Instant;

import io.reprise.ErrorCode;
import io.reprise.WorkflowStatus;

/**
 * What becomes of a start, given the latest run of its workflow id.
 */
public sealed interface StartDecision {

	/**
	 * Start the run.
	 */
	record StartNew() implements StartDecision {

	}

	/**
	 * Start nothing and answer with the run there is.
	 *
	 * @param runId that run
	 * @param duplicate whether this very start made it, rather than another one
	 */
	record UseExisting(String runId, boolean duplicate) implements StartDecision {

	}

	/**
	 * Terminate the open run, then start.
	 *
	 * @param runId the open run
	 */
	record TerminateExisting(String runId) implements StartDecision {

	}

	/**
	 * Start nothing.
	 *
	 * @param code why
	 * @param message why, and what to do
	 */
	record Refuse(ErrorCode code, String message) implements StartDecision {

	}

	/**
	 * The latest run of a workflow id.
	 *
	 * @param runId its id
	 * @param status where it stands
	 * @param startRequestId request id of the start that made it
	 * @param startTime when it began
	 */
	record Existing(String runId, WorkflowStatus status, String startRequestId, Instant startTime) {

	}

}
