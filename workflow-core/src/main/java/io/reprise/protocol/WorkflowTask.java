package io.reprise.protocol;

import java.time.Instant;
import java.util.List;

/**
 * Asks a worker for a turn.
 *
 * @param key the run
 * @param workflowType name of its type
 * @param taskQueue the queue it travels by
 * @param token which turn
 * @param time what {@code now()} says during the turn
 * @param inputs the inputs that no turn has seen, in order of id; all ids are at most
 * {@code token.seenUpTo()}
 */
public record WorkflowTask(ExecutionKey key, String workflowType, String taskQueue, TaskToken token, Instant time,
		List<RecordedEvent> inputs) {

	public WorkflowTask {
		inputs = List.copyOf(inputs);
	}

}
