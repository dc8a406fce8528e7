package io.reprise.boot;

import java.time.Duration;
import java.util.List;

import io.reprise.ActivitySettings;
import io.reprise.Placement;
import org.jspecify.annotations.Nullable;

/**
 * Options of activities in the configuration. What is not set is taken from the next in
 * line.
 *
 * @param startToCloseTimeout Time that one attempt may take.
 * @param scheduleToCloseTimeout Time that all attempts together may take.
 * @param scheduleToStartTimeout Time that an attempt may wait for a worker.
 * @param heartbeatTimeout Longest silence between heartbeats.
 * @param maximumAttempts Attempts in all, or 0 for no limit.
 * @param initialInterval Wait before the second attempt.
 * @param backoffCoefficient Factor from one wait to the next, at least 1.
 * @param maximumInterval Longest wait between attempts.
 * @param nonRetryable Failure types that are not retried.
 * @param placement Where it runs.
 */
public record ActivityProperties(@Nullable Duration startToCloseTimeout, @Nullable Duration scheduleToCloseTimeout,
		@Nullable Duration scheduleToStartTimeout, @Nullable Duration heartbeatTimeout,
		@Nullable Integer maximumAttempts, @Nullable Duration initialInterval, @Nullable Double backoffCoefficient,
		@Nullable Duration maximumInterval, @Nullable List<String> nonRetryable, @Nullable Placement placement) {

	ActivitySettings toSettings() {
		return new ActivitySettings(startToCloseTimeout, scheduleToCloseTimeout, scheduleToStartTimeout,
				heartbeatTimeout, maximumAttempts, initialInterval, backoffCoefficient, maximumInterval, nonRetryable,
				placement);
	}

}
