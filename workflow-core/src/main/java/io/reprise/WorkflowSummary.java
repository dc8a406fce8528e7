package io.reprise;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a list shows of a run.
 *
 * @param workflowId its id
 * @param runId its run id
 * @param workflowType name of its type
 * @param taskQueue the queue its tasks travel by
 * @param status where it stands
 * @param startTime when it was started
 * @param closeTime when it ended, or {@code null}
 * @param stall the bug that keeps it from going on, or {@code null}
 */
public record WorkflowSummary(String workflowId, String runId, String workflowType, String taskQueue,
		WorkflowStatus status, Instant startTime, @Nullable Instant closeTime,
		WorkflowDescription.@Nullable Stall stall) {

}
