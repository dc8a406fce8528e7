package io.reprise;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What an activity may know of the attempt it is.
 *
 * @param namespace the namespace
 * @param workflowId id of the calling workflow
 * @param runId its run
 * @param workflowType its type
 * @param activityId the activity's number within the run
 * @param activityType name of the activity
 * @param attempt number of this attempt, from 1
 * @param scheduledAt when the workflow asked for it
 * @param deadline when this attempt times out, or {@code null}
 */
public record ActivityInfo(String namespace, String workflowId, String runId, String workflowType, int activityId,
		String activityType, int attempt, Instant scheduledAt, @Nullable Instant deadline) {

	/**
	 * A key that is the same for all attempts of this activity and for no other activity.
	 * Systems that know idempotency keys do the work once, however often it is asked for.
	 * @return the key: run id and activity id
	 */
	public String idempotencyKey() {
		return runId + ":" + activityId;
	}

}
