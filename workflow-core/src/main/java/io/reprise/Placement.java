package io.reprise;

/**
 * Where an activity runs.
 */
public enum Placement {

	/**
	 * Wherever a worker is free. Each result is durable before the workflow sees it.
	 */
	QUEUED,

	/**
	 * In the workflow's own worker. Results become durable together, with the turn of the
	 * workflow that got them, which makes short activities many times cheaper. A crash
	 * repeats what was not durable, even with {@code maximumAttempts = 1}. Meant for
	 * activities that take milliseconds and may be repeated; others are run, too.
	 */
	LOCAL

}
