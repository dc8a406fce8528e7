package io.reprise.replay;

import java.time.Duration;
import java.time.Instant;

import io.reprise.protocol.Failure;
import io.reprise.protocol.Payload;

/**
 * What came of the attempts of a local activity, to be delivered to the workflow.
 */
public sealed interface LocalOutcome {

	/**
	 * Number of the activity within the run.
	 * @return the number
	 */
	int activityId();

	/**
	 * The last attempt.
	 * @return its number
	 */
	int attempt();

	/**
	 * The database's time, as far as the worker knows it.
	 * @return the time
	 */
	Instant time();

	/**
	 * It succeeded.
	 *
	 * @param activityId the activity
	 * @param attempt the attempt
	 * @param time when
	 * @param result its result
	 */
	record Completed(int activityId, int attempt, Instant time, Payload result) implements LocalOutcome {

	}

	/**
	 * It failed for good.
	 *
	 * @param activityId the activity
	 * @param attempt the attempt
	 * @param time when
	 * @param failure with what
	 */
	record Failed(int activityId, int attempt, Instant time, Failure failure) implements LocalOutcome {

	}

	/**
	 * It failed, and is to be tried again later than a turn can wait.
	 *
	 * @param activityId the activity
	 * @param attempt the attempt
	 * @param time when
	 * @param failure with what
	 * @param delay how long to wait
	 */
	record BackedOff(int activityId, int attempt, Instant time, Failure failure,
			Duration delay) implements LocalOutcome {

	}

}
