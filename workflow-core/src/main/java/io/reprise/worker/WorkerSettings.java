package io.reprise.worker;

import java.time.Duration;

/**
 * How a worker works.
 *
 * @param buildId names the build of the application's code; stalled runs are tried again
 * at once by another
 * @param workflowSlots turns at a time
 * @param activitySlots attempts of queued activities at a time
 * @param localActivitySlots attempts of local activities at a time
 * @param cachedWorkflows workflows kept in memory between their turns
 * @param deadlockTimeout how long workflow code may run without yielding
 * @param queryTimeout how long a query waits for outstanding turns
 * @param retryDelay wait before a task is tried again that could not be run for want of
 * the store
 */
public record WorkerSettings(String buildId, int workflowSlots, int activitySlots, int localActivitySlots,
		int cachedWorkflows, Duration deadlockTimeout, Duration queryTimeout, Duration retryDelay) {

	private static final int FEWEST_CACHED = 600;

	private static final int MOST_CACHED = 10_000;

	/** So much of the heap for each, a tenth of which a small workflow takes. */
	private static final long HEAP_PER_CACHED = 100 << 10;

	/**
	 * The field's usual figures. How many workflows are kept depends on the heap: one
	 * that is not there when its timer fires has to be replayed.
	 * @param buildId names the build
	 * @return the defaults
	 */
	public static WorkerSettings defaults(String buildId) {
		int cached = Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_PER_CACHED, FEWEST_CACHED, MOST_CACHED);
		return new WorkerSettings(buildId, 200, 200, 200, cached, Duration.ofSeconds(1), Duration.ofSeconds(10),
				Duration.ofSeconds(1));
	}

	public WorkerSettings withCachedWorkflows(int count) {
		return new WorkerSettings(buildId, workflowSlots, activitySlots, localActivitySlots, count, deadlockTimeout,
				queryTimeout, retryDelay);
	}

	public WorkerSettings withDeadlockTimeout(Duration timeout) {
		return new WorkerSettings(buildId, workflowSlots, activitySlots, localActivitySlots, cachedWorkflows, timeout,
				queryTimeout, retryDelay);
	}

}
