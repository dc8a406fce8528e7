package io.reprise.worker;

import java.util.Map;

import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.ExecutionKey;
import org.slf4j.MDC;

/**
 * The ids that log lines of a task carry.
 */
final class TaskMdc implements AutoCloseable {

	private final Map<String, String> entries;

	private TaskMdc(Map<String, String> entries) {
		this.entries = entries;
		entries.forEach(MDC::put);
	}

	static TaskMdc of(ExecutionKey key, String workflowType) {
		return new TaskMdc(Map.of("namespace", key.namespace(), "workflowId", key.workflowId(), "runId", key.runId(),
				"workflowType", workflowType));
	}

	static TaskMdc of(ActivityTask task) {
		ExecutionKey key = task.key();
		return new TaskMdc(Map.of("namespace", key.namespace(), "workflowId", key.workflowId(), "runId", key.runId(),
				"workflowType", task.workflowType(), "activityId", Integer.toString(task.activityId()), "activityType",
				task.activityType(), "attempt", Integer.toString(task.attempt())));
	}

	@Override
	public void close() {
		entries.keySet().forEach(MDC::remove);
	}

}
