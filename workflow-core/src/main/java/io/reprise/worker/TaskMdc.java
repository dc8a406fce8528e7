package io.reprise.worker;

import java.util.HashMap;
import java.util.Map;

import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.ExecutionKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The ids that log lines of a task carry. A query may be asked by an activity, whose own
 * ids are back afterwards.
 */
final class TaskMdc implements AutoCloseable {

	private final Map<String, @Nullable String> before = new HashMap<>();

	private TaskMdc(Map<String, String> entries) {
		entries.forEach((key, value) -> {
			before.put(key, MDC.get(key));
			MDC.put(key, value);
		});
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
		before.forEach((key, value) -> {
			if (value != null) {
				MDC.put(key, value);
			}
			else {
				MDC.remove(key);
			}
		});
	}

}
