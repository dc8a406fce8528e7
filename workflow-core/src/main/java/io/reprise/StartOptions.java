package io.reprise;

import java.time.Duration;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * How a workflow is started.
 *
 * @param workflowId the id to find it by, at most 1,000 characters; {@code null} for a
 * random one
 * @param requestId a start with a request id seen before returns the run of that time;
 * {@code null} for a random one
 * @param idReusePolicy when the id belongs to a closed workflow
 * @param idConflictPolicy when the id belongs to a running workflow
 * @param taskQueue the queue its tasks travel by
 * @param isIndependent whether the start takes effect at once, whatever becomes of the
 * caller's transaction
 * @param lifetime how long the workflow may take, when it begins, and when it is run
 * again
 */
public record StartOptions(@Nullable String workflowId, @Nullable String requestId, IdReusePolicy idReusePolicy,
		IdConflictPolicy idConflictPolicy, String taskQueue, boolean isIndependent, Lifetime lifetime) {

	/** The queue of whoever names none. */
	public static final String DEFAULT_TASK_QUEUE = "default";

	private static final StartOptions DEFAULTS = new StartOptions(null, null, IdReusePolicy.ALLOW_DUPLICATE,
			IdConflictPolicy.FAIL, DEFAULT_TASK_QUEUE, false, Lifetime.UNLIMITED);

	/**
	 * A start with a random id.
	 * @return the default options
	 */
	public static StartOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * A start by id.
	 * @param workflowId the id to find the workflow by
	 * @return options with this id
	 */
	public static StartOptions withId(String workflowId) {
		return new StartOptions(workflowId, null, IdReusePolicy.ALLOW_DUPLICATE, IdConflictPolicy.FAIL,
				DEFAULT_TASK_QUEUE, false, Lifetime.UNLIMITED);
	}

	public StartOptions requestId(String id) {
		return new StartOptions(workflowId, id, idReusePolicy, idConflictPolicy, taskQueue, isIndependent, lifetime);
	}

	public StartOptions onClosed(IdReusePolicy policy) {
		return new StartOptions(workflowId, requestId, policy, idConflictPolicy, taskQueue, isIndependent, lifetime);
	}

	public StartOptions onRunning(IdConflictPolicy policy) {
		return new StartOptions(workflowId, requestId, idReusePolicy, policy, taskQueue, isIndependent, lifetime);
	}

	public StartOptions taskQueue(String queue) {
		return new StartOptions(workflowId, requestId, idReusePolicy, idConflictPolicy, queue, isIndependent, lifetime);
	}

	/**
	 * A start that is no part of the caller's transaction: it takes effect at once, and
	 * stays if the transaction is rolled back.
	 * @return these options, independent of transactions
	 */
	public StartOptions independent() {
		return new StartOptions(workflowId, requestId, idReusePolicy, idConflictPolicy, taskQueue, true, lifetime);
	}

	/**
	 * Time the workflow may take, with all the runs that follow from the first. Then it
	 * is closed as timed out, whatever it is doing.
	 * @param timeout the time
	 * @return these options with this time-out
	 */
	public StartOptions executionTimeout(Duration timeout) {
		return lifetime(lifetime.withExecutionTimeout(timeout));
	}

	/**
	 * Time each run may take. Then it is closed as timed out, whatever it is doing.
	 * @param timeout the time
	 * @return these options with this time-out
	 */
	public StartOptions runTimeout(Duration timeout) {
		return lifetime(lifetime.withRunTimeout(timeout));
	}

	/**
	 * Has a run that failed, or ran out of time, followed by another with the same
	 * arguments.
	 * @param settings when and how often
	 * @return these options with retries
	 */
	public StartOptions retry(RetrySettings settings) {
		return lifetime(lifetime.withRetry(settings));
	}

	/**
	 * Lets the workflow begin later. Until then it takes messages, which wait, and can be
	 * cancelled.
	 * @param delay how long after the start
	 * @return these options with a delay
	 */
	public StartOptions startDelay(Duration delay) {
		return lifetime(lifetime.withStartDelay(delay));
	}

	/**
	 * Runs the workflow again and again, until it is cancelled or terminated, in UTC.
	 * @param expression minute, hour, day of the month, month and day of the week;
	 * optionally the second before them
	 * @return these options with a cron expression
	 */
	public StartOptions cron(String expression) {
		return lifetime(lifetime.withCron(expression, null));
	}

	/**
	 * Runs the workflow again and again, until it is cancelled or terminated.
	 * @param expression minute, hour, day of the month, month and day of the week;
	 * optionally the second before them
	 * @param zone the time zone that it is meant in
	 * @return these options with a cron expression
	 */
	public StartOptions cron(String expression, ZoneId zone) {
		return lifetime(lifetime.withCron(expression, zone));
	}

	private StartOptions lifetime(Lifetime changed) {
		return new StartOptions(workflowId, requestId, idReusePolicy, idConflictPolicy, taskQueue, isIndependent,
				changed);
	}

}
