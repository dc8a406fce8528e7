package io.reprise;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a workflow may know of its own run.
 *
 * @param namespace the namespace
 * @param workflowId the id it was started by
 * @param runId the id of this run
 * @param workflowType name of its type
 * @param taskQueue the queue its tasks travel by
 * @param startTime when it was started
 * @param firstRunId the run that somebody started, which this one is or follows
 * @param previousRunId the run that this one follows, {@code null} if it is the first
 * @param attempt the how manyth attempt it is, from 1
 * @param historyEvents how many events the history had when the turn began
 * @param historyBytes about how large it was then
 * @param parent whose child it is, or {@code null}
 */
public record WorkflowInfo(String namespace, String workflowId, String runId, String workflowType, String taskQueue,
		Instant startTime, String firstRunId, @Nullable String previousRunId, int attempt, long historyEvents,
		long historyBytes, @Nullable Parent parent) {

	private static final long MANY_EVENTS = 10_000;

	private static final long MANY_BYTES = 4 * 1024 * 1024;

	/**
	 * A run that follows none and has only begun.
	 * @param namespace the namespace
	 * @param workflowId the id it was started by
	 * @param runId the id of this run
	 * @param workflowType name of its type
	 * @param taskQueue the queue its tasks travel by
	 * @param startTime when it was started
	 */
	public WorkflowInfo(String namespace, String workflowId, String runId, String workflowType, String taskQueue,
			Instant startTime) {
		this(namespace, workflowId, runId, workflowType, taskQueue, startTime, runId, null, 1, 0, 0, null);
	}

	/**
	 * Whether the history has become so large that the workflow should go on in a new run
	 * when it can, by {@link Workflows#continueAsNew(Object...)}: from 10,000 events or 4
	 * MB on. The same at replay, whatever is configured.
	 * @return {@code true} if so
	 */
	public boolean isContinueAsNewSuggested() {
		return historyEvents >= MANY_EVENTS || historyBytes >= MANY_BYTES;
	}

	/**
	 * The same run with a longer history.
	 * @param events how many events it has
	 * @param bytes about how large it is
	 * @return the info
	 */
	public WorkflowInfo withHistory(long events, long bytes) {
		return new WorkflowInfo(namespace, workflowId, runId, workflowType, taskQueue, startTime, firstRunId,
				previousRunId, attempt, events, bytes, parent);
	}

	/**
	 * The run that started a child.
	 *
	 * @param workflowId its workflow id
	 * @param runId its run id
	 * @param rootWorkflowId workflow id of the run that has no parent and began it all
	 * @param rootRunId that run
	 */
	public record Parent(String workflowId, String runId, String rootWorkflowId, String rootRunId) {

	}

}
