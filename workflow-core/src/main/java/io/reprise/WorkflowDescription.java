package io.reprise;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A run as it stands.
 *
 * @param summary what a list shows of it
 * @param historyEvents number of events in its history
 * @param historyBytes size of its history as stored
 * @param cancelRequested whether cancellation was asked for
 * @param pendingActivities activities without a result
 * @param pendingTimers timers that have not fired
 */
public record WorkflowDescription(WorkflowSummary summary, long historyEvents, long historyBytes,
		boolean cancelRequested, List<PendingActivity> pendingActivities, List<PendingTimer> pendingTimers) {

	public WorkflowDescription {
		pendingActivities = List.copyOf(pendingActivities);
		pendingTimers = List.copyOf(pendingTimers);
	}

	public String workflowId() {
		return summary.workflowId();
	}

	public String runId() {
		return summary.runId();
	}

	public WorkflowStatus status() {
		return summary.status();
	}

	/**
	 * The bug that keeps the run from going on.
	 * @return the stall, or {@code null} if the run is well
	 */
	public @Nullable Stall stall() {
		return summary.stall();
	}

	/**
	 * An activity without a result.
	 *
	 * @param activityId its number within the run
	 * @param activityType its name
	 * @param attempt the current attempt, from 1
	 * @param scheduledAt when the workflow asked for it
	 * @param nextAttemptAt when the next attempt is due, or {@code null} while one runs
	 * @param lastFailure what the last attempt failed with, or {@code null}
	 */
	public record PendingActivity(int activityId, String activityType, int attempt, Instant scheduledAt,
			@Nullable Instant nextAttemptAt, @Nullable String lastFailure) {

	}

	/**
	 * A timer that has not fired.
	 *
	 * @param timerId its number within the run
	 * @param firesAt when it is due
	 */
	public record PendingTimer(int timerId, Instant firesAt) {

	}

	/**
	 * A bug that keeps a run from going on, until fixed code is deployed.
	 *
	 * @param code what kind of bug
	 * @param message what happened, with the source line
	 * @param since when it first happened
	 * @param attempts how often the turn was tried
	 */
	public record Stall(ErrorCode code, String message, Instant since, int attempts) {

	}

}
