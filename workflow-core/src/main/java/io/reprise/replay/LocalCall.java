package io.reprise.replay;

import java.time.Instant;

import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.Failure;
import io.reprise.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A local activity to run.
 *
 * @param activityId its number within the run
 * @param activityType its name
 * @param arguments its arguments
 * @param policy time-outs and retries
 * @param attempt number of the attempt to begin with, from 1
 * @param scheduledAt what {@code now()} said when the workflow asked for it
 * @param lastFailure what the attempt before failed with, if that is known
 */
public record LocalCall(int activityId, String activityType, Payload arguments, ActivityPolicy policy, int attempt,
		Instant scheduledAt, @Nullable Failure lastFailure) {

}
