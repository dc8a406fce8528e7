package io.reprise;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Time-outs and retry policy of an activity, as values; the counterpart of
 * {@link ActivityOptions} at the call site. What is {@code null} is not set and taken
 * from the next in line.
 *
 * @param startToCloseTimeout time one attempt may take
 * @param scheduleToCloseTimeout time all attempts together may take
 * @param scheduleToStartTimeout time an attempt may wait for a worker
 * @param heartbeatTimeout longest silence between heartbeats
 * @param maximumAttempts attempts in all, 0 for no limit
 * @param initialInterval wait before the second attempt
 * @param backoffCoefficient factor from one wait to the next, at least 1
 * @param maximumInterval longest wait between attempts
 * @param nonRetryable failure types that are not retried
 * @param placement where it runs
 */
public record ActivitySettings(@Nullable Duration startToCloseTimeout, @Nullable Duration scheduleToCloseTimeout,
		@Nullable Duration scheduleToStartTimeout, @Nullable Duration heartbeatTimeout,
		@Nullable Integer maximumAttempts, @Nullable Duration initialInterval, @Nullable Double backoffCoefficient,
		@Nullable Duration maximumInterval, @Nullable List<String> nonRetryable, @Nullable Placement placement) {

	private static final ActivitySettings NONE = new ActivitySettings(null, null, null, null, null, null, null, null,
			null, null);

	public ActivitySettings {
		requirePositive("startToCloseTimeout", startToCloseTimeout);
		requirePositive("scheduleToCloseTimeout", scheduleToCloseTimeout);
		requirePositive("scheduleToStartTimeout", scheduleToStartTimeout);
		requirePositive("heartbeatTimeout", heartbeatTimeout);
		requirePositive("initialInterval", initialInterval);
		requirePositive("maximumInterval", maximumInterval);
		if (maximumAttempts != null && maximumAttempts < 0) {
			throw WorkflowException
				.invalid("Expected maximumAttempts of 0 (no limit) or more, but it is " + maximumAttempts);
		}
		if (backoffCoefficient != null && !(backoffCoefficient >= 1)) {
			throw WorkflowException
				.invalid("Expected a backoffCoefficient of at least 1, but it is " + backoffCoefficient);
		}
		nonRetryable = (nonRetryable != null) ? List.copyOf(nonRetryable) : null;
	}

	/**
	 * Settings that leave everything to the next in line.
	 * @return settings without a value
	 */
	public static ActivitySettings none() {
		return NONE;
	}

	/**
	 * These settings, completed by others.
	 * @param fallback what counts where these say nothing
	 * @return the merged settings
	 */
	public ActivitySettings orElse(ActivitySettings fallback) {
		if (fallback == NONE) {
			return this;
		}
		return new ActivitySettings(either(startToCloseTimeout, fallback.startToCloseTimeout),
				either(scheduleToCloseTimeout, fallback.scheduleToCloseTimeout),
				either(scheduleToStartTimeout, fallback.scheduleToStartTimeout),
				either(heartbeatTimeout, fallback.heartbeatTimeout), either(maximumAttempts, fallback.maximumAttempts),
				either(initialInterval, fallback.initialInterval),
				either(backoffCoefficient, fallback.backoffCoefficient),
				either(maximumInterval, fallback.maximumInterval), either(nonRetryable, fallback.nonRetryable),
				either(placement, fallback.placement));
	}

	public ActivitySettings withStartToCloseTimeout(Duration timeout) {
		return new ActivitySettings(timeout, scheduleToCloseTimeout, scheduleToStartTimeout, heartbeatTimeout,
				maximumAttempts, initialInterval, backoffCoefficient, maximumInterval, nonRetryable, placement);
	}

	public ActivitySettings withScheduleToCloseTimeout(Duration timeout) {
		return new ActivitySettings(startToCloseTimeout, timeout, scheduleToStartTimeout, heartbeatTimeout,
				maximumAttempts, initialInterval, backoffCoefficient, maximumInterval, nonRetryable, placement);
	}

	public ActivitySettings withScheduleToStartTimeout(Duration timeout) {
		return new ActivitySettings(startToCloseTimeout, scheduleToCloseTimeout, timeout, heartbeatTimeout,
				maximumAttempts, initialInterval, backoffCoefficient, maximumInterval, nonRetryable, placement);
	}

	public ActivitySettings withHeartbeatTimeout(Duration timeout) {
		return new ActivitySettings(startToCloseTimeout, scheduleToCloseTimeout, scheduleToStartTimeout, timeout,
				maximumAttempts, initialInterval, backoffCoefficient, maximumInterval, nonRetryable, placement);
	}

	public ActivitySettings withMaximumAttempts(int attempts) {
		return new ActivitySettings(startToCloseTimeout, scheduleToCloseTimeout, scheduleToStartTimeout,
				heartbeatTimeout, attempts, initialInterval, backoffCoefficient, maximumInterval, nonRetryable,
				placement);
	}

	/**
	 * These settings with another back-off.
	 * @param initial wait before the second attempt
	 * @param coefficient factor from one wait to the next
	 * @param maximum longest wait
	 * @return the changed settings
	 */
	public ActivitySettings withBackoff(Duration initial, double coefficient, Duration maximum) {
		return new ActivitySettings(startToCloseTimeout, scheduleToCloseTimeout, scheduleToStartTimeout,
				heartbeatTimeout, maximumAttempts, initial, coefficient, maximum, nonRetryable, placement);
	}

	public ActivitySettings withNonRetryable(String... types) {
		return new ActivitySettings(startToCloseTimeout, scheduleToCloseTimeout, scheduleToStartTimeout,
				heartbeatTimeout, maximumAttempts, initialInterval, backoffCoefficient, maximumInterval, List.of(types),
				placement);
	}

	public ActivitySettings withPlacement(Placement where) {
		return new ActivitySettings(startToCloseTimeout, scheduleToCloseTimeout, scheduleToStartTimeout,
				heartbeatTimeout, maximumAttempts, initialInterval, backoffCoefficient, maximumInterval, nonRetryable,
				where);
	}

	private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
		return (first != null) ? first : second;
	}

	private static void requirePositive(String name, @Nullable Duration duration) {
		if (duration != null && !duration.isPositive()) {
			throw WorkflowException.invalid("Expected a positive " + name + ", but it is " + duration);
		}
	}

}
