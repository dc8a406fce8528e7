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
 * {@code token.seenUpTo()}; possibly none if there are updates
 * @param updates what to ask the workflow whether it takes it, after the messages among
 * the inputs
 */
public record WorkflowTask(ExecutionKey key, String workflowType, String taskQueue, TaskToken token, Instant time,
		List<RecordedEvent> inputs, List<UpdateRequest> updates) {

	public WorkflowTask {
		inputs = List.copyOf(inputs);
		updates = List.copyOf(updates);
	}

	public WorkflowTask(ExecutionKey key, String workflowType, String taskQueue, TaskToken token, Instant time,
			List<RecordedEvent> inputs) {
		this(key, workflowType, taskQueue, token, time, inputs, List.of());
	}

	public WorkflowTask with(List<UpdateRequest> others) {
		return new WorkflowTask(key, workflowType, taskQueue, token, time, inputs, others);
	}

}
