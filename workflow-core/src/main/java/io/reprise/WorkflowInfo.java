package io.reprise;

import java.time.Instant;

/**
 * What a workflow may know of its own run.
 *
 * @param namespace the namespace
 * @param workflowId the id it was started by
 * @param runId the id of this run
 * @param workflowType name of its type
 * @param taskQueue the queue its tasks travel by
 * @param startTime when it was started
 */
public record WorkflowInfo(String namespace, String workflowId, String runId, String workflowType, String taskQueue,
		Instant startTime) {

}
