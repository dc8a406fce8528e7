package io.reprise.engine;

import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param key the run
 * @param workflowType name of its type
 * @param status its closed status
 * @param event the event that closed it
 */
public record ClosedRun(ExecutionKey key, String workflowType, WorkflowStatus status, HistoryEvent event) {

	/**
	 * The run that follows this one.
	 * @return the next run, or {@code null} if the workflow has come to its end
	 */
	public @Nullable ExecutionKey next() {
		String runId = (event instanceof HistoryEvent.Closing closing) ? closing.nextRunId() : null;
		return (runId != null) ? new ExecutionKey(key.namespace(), key.workflowId(), runId) : null;
	}

}
