package io.reprise.spi;

import java.time.Instant;

import io.reprise.ErrorCode;
import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import org.jspecify.annotations.Nullable;

/**
 * What a store keeps of a run beside its history.
 *
 * @param key the run
 * @param workflowType name of its type
 * @param taskQueue the queue its tasks travel by
 * @param startRequestId recognises the same start sent twice
 * @param status where it stands; at most one run of a workflow id is open
 * @param version raised by every write, from 1
 * @param owner the node that has work of the run under way, or {@code null}
 * @param nextDueAt when something becomes due at the earliest, or {@code null}
 * @param startTime when it was started
 * @param closeTime when it ended, or {@code null}
 * @param historyEvents number of events
 * @param historyBytes size of the history as stored
 * @param stall the bug that keeps it from going on, or {@code null}
 * @param overlay attempts of its activities, opaque, or {@code null}
 */
public record RunRecord(ExecutionKey key, String workflowType, String taskQueue, String startRequestId,
		WorkflowStatus status, long version, @Nullable String owner, @Nullable Instant nextDueAt, Instant startTime,
		@Nullable Instant closeTime, long historyEvents, long historyBytes, @Nullable StallRecord stall,
		byte @Nullable [] overlay) {

	/**
	 * A bug that keeps a run from going on.
	 *
	 * @param code what kind of bug
	 * @param message what happened
	 * @param since when it first happened
	 * @param attempts how often the turn was tried
	 * @param buildId the build that has the bug
	 */
	public record StallRecord(ErrorCode code, String message, Instant since, int attempts, String buildId) {

	}

}
