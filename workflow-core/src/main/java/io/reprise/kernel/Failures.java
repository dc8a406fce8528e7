package io.reprise.kernel;

import java.util.Locale;

import io.reprise.ErrorCode;
import io.reprise.TimeoutType;
import io.reprise.kernel.RunOverlay.Attempt;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;

/**
 * Failures that the kernel makes or completes.
 */
final class Failures {

	static final String PAYLOAD_TOO_LARGE = "PayloadTooLarge";

	static final String HISTORY_TOO_LARGE = "HistoryTooLarge";

	static final String TOO_MANY_PENDING = "TooManyPending";

	/**
	 * The type under which a refusal reaches a workflow: its code as the name of a class.
	 */
	static String typeOf(ErrorCode code) {
		StringBuilder type = new StringBuilder();
		for (String word : code.name().split("_")) {
			type.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
		}
		return type.toString();
	}

	private Failures() {
	}

	static Failure nonRetryable(String type, String message) {
		return new Failure.Application(type, message, null, true, null, null, null);
	}

	/**
	 * How an activity that gets no further attempt ends.
	 * @param activityId the activity
	 * @param attempt its last attempt
	 * @param failure what that failed with
	 * @return the event
	 */
	static HistoryEvent.Resolution resolution(int activityId, Attempt attempt, Failure failure) {
		return (failure instanceof Failure.Timeout timeout)
				? new HistoryEvent.ActivityTimedOut(activityId, attempt.attempt(), completed(timeout, attempt))
				: new HistoryEvent.ActivityFailed(activityId, attempt.attempt(), failure);
	}

	static Failure.Timeout timeout(TimeoutType type, String message) {
		return new Failure.Timeout(type, message, null, null);
	}

	/**
	 * Only the failure of the attempt before becomes the cause, and only in the event: a
	 * chain that grows with each attempt would have no limit.
	 */
	private static Failure.Timeout completed(Failure.Timeout timeout, Attempt attempt) {
		Payload heartbeat = (timeout.lastHeartbeat() != null) ? timeout.lastHeartbeat() : attempt.lastHeartbeat();
		Failure cause = (timeout.cause() != null) ? timeout.cause() : attempt.lastFailure();
		return new Failure.Timeout(timeout.timeoutType(), timeout.message(), heartbeat, cause);
	}

}
