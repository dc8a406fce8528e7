package io.reprise.worker;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker reads runs.
 */
public interface RunSource {

	/**
	 * The committed history of a run.
	 * @param runId the run
	 * @return its events in order
	 */
	List<RecordedEvent> history(String runId);

	/**
	 * How far a run has come.
	 * @param key a run, or the latest run if its run id is empty
	 * @return its position
	 * @throws io.reprise.WorkflowNotFoundException if there is none
	 */
	Position position(ExecutionKey key);

	/**
	 * Completed when no turn of a run is outstanding.
	 * @param runId the run
	 * @return the future; cancel it to give up
	 */
	CompletableFuture<Void> whenSettled(String runId);

	/**
	 * How far a run has come.
	 *
	 * @param key the run
	 * @param workflowType name of its type
	 * @param lastMarkerId id of its last marker, 0 before the first
	 * @param lastInputId id of the last input, 0 if a turn has seen all
	 * @param settled whether no turn is outstanding, other than one that waits for local
	 * activities
	 * @param closed whether it has ended
	 * @param delayedUntil when its first turn is due, {@code null} if it was
	 */
	record Position(ExecutionKey key, String workflowType, long lastMarkerId, long lastInputId, boolean settled,
			boolean closed, @Nullable Instant delayedUntil) {

	}

}
