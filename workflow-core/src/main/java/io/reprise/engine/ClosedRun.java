package io.reprise.engine;

import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;

/**
 * How a run ended.
 *
 * @param key the run
 * @param workflowType name of its type
 * @param status its closed status
 * @param event the event that closed it
 */
public record ClosedRun(ExecutionKey key, String workflowType, WorkflowStatus status, HistoryEvent event) {

}
