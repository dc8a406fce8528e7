package io.reprise.protocol;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Asks a worker for an attempt of an activity.
 *
 * @param key the run
 * @param workflowType name of the run's type
 * @param taskQueue the queue it travels by
 * @param activityId its number within the run
 * @param activityType its name
 * @param arguments its arguments
 * @param policy time-outs and retries
 * @param attempt number of the attempt, from 1
 * @param scheduledAt when the workflow asked for it
 * @param lastHeartbeat details of the last heartbeat of an earlier attempt
 */
public record ActivityTask(ExecutionKey key, String workflowType, String taskQueue, int activityId, String activityType,
		Payload arguments, ActivityPolicy policy, int attempt, Instant scheduledAt, @Nullable Payload lastHeartbeat) {

}
