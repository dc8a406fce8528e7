package io.reprise.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.reprise.Internal;
import io.reprise.TimeoutFailure;
import io.reprise.TimeoutType;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when a failed attempt is followed by another.
 */
@Internal("the kernel retries queued activities, workers retry local ones")
public final class RetryPolicy {

	private static final double NANOS_PER_SECOND = 1e9;

	private RetryPolicy() {
	}

	/**
	 * Whether another attempt may start.
	 * @param policy the policy
	 * @param deadline when all attempts must be over, or {@code null} for no limit
	 * @param attempt the attempt that failed
	 * @param failure what it failed with
	 * @param nextStart when the next one would start
	 * @return {@code true} if it may
	 */
	public static boolean allows(ActivityPolicy policy, @Nullable Instant deadline, int attempt, Failure failure,
			Instant nextStart) {
		if (policy.maximumAttempts() > 0 && attempt >= policy.maximumAttempts()) {
			return false;
		}
		return isRetryable(failure, policy.nonRetryable()) && (deadline == null || nextStart.isBefore(deadline));
	}

	/**
	 * How long to wait before the next attempt: what the failure asks for, else
	 * {@code initial × coefficient^(attempt-1)} up to the policy's maximum.
	 * @param policy the policy
	 * @param attempt the attempt that failed
	 * @param failure what it failed with
	 * @return the wait, zero or positive
	 */
	public static Duration delay(ActivityPolicy policy, int attempt, Failure failure) {
		if (failure instanceof Failure.Application application && application.nextRetryDelay() != null) {
			Duration asked = application.nextRetryDelay();
			return asked.isNegative() ? Duration.ZERO : asked;
		}
		double nanos = nanos(policy.initialInterval()) * StrictMath.pow(policy.backoffCoefficient(), attempt - 1.0);
		// also true for infinity; written so that NaN gives the maximum, too
		if (!(nanos < nanos(policy.maximumInterval()))) {
			return policy.maximumInterval();
		}
		long seconds = (long) (nanos / NANOS_PER_SECOND);
		return Duration.ofSeconds(seconds, (long) (nanos - seconds * NANOS_PER_SECOND));
	}

	private static boolean isRetryable(Failure failure, List<String> nonRetryable) {
		return switch (failure) {
			case Failure.Application application -> !application.nonRetryable()
					&& nonRetryable.stream().noneMatch(name -> isNamed(application.type(), name));
			case Failure.Timeout timeout -> isRetryable(timeout.timeoutType(), nonRetryable);
			case Failure.WorkerLost ignored -> true;
			case Failure.Activity activity -> isRetryableCause(activity.cause(), nonRetryable);
			case Failure.Child child -> isRetryableCause(child.cause(), nonRetryable);
			case Failure.Canceled ignored -> false;
			case Failure.Terminated ignored -> false;
		};
	}

	/**
	 * Only workflows fail with these. That the time of an activity or a child was over,
	 * or that it was stopped, does not tell against another attempt of the workflow.
	 */
	private static boolean isRetryableCause(@Nullable Failure cause, List<String> nonRetryable) {
		if (cause instanceof Failure.Timeout timeout) {
			return !isListed(timeout.timeoutType(), nonRetryable);
		}
		return cause == null || cause instanceof Failure.Canceled || cause instanceof Failure.Terminated
				|| isRetryable(cause, nonRetryable);
	}

	private static boolean isRetryable(TimeoutType type, List<String> nonRetryable) {
		return switch (type) {
			case SCHEDULE_TO_START, SCHEDULE_TO_CLOSE -> false;
			case START_TO_CLOSE, HEARTBEAT -> !isListed(type, nonRetryable);
		};
	}

	private static boolean isListed(TimeoutType type, List<String> nonRetryable) {
		return nonRetryable.stream()
			.anyMatch(name -> name.equals(type.name()) || isNamed(TimeoutFailure.class.getName(), name));
	}

	/** As {@code RecordedFailure.isCausedBy(String)} compares. */
	private static boolean isNamed(String type, String name) {
		return type.equals(name) || type.endsWith("." + name) || type.endsWith("$" + name);
	}

	private static double nanos(Duration duration) {
		return duration.getSeconds() * NANOS_PER_SECOND + duration.getNano();
	}

}
