package io.reprise;

import java.time.Duration;
import java.util.List;

/**
 * Whether and when a workflow that failed, or ran out of time, is run again. A workflow
 * has none unless somebody asks for it: its activities are retried by themselves.
 *
 * @param maximumAttempts runs in all, 0 for no limit
 * @param initialInterval wait before the second attempt
 * @param backoffCoefficient factor from one wait to the next, at least 1
 * @param maximumInterval longest wait between attempts
 * @param nonRetryable failure types that are not retried
 */
public record RetrySettings(int maximumAttempts, Duration initialInterval, double backoffCoefficient,
		Duration maximumInterval, List<String> nonRetryable) {

	private static final RetrySettings DEFAULTS = new RetrySettings(0, Duration.ofSeconds(1), 2.0,
			Duration.ofSeconds(100), List.of());

	public RetrySettings {
		if (maximumAttempts < 0) {
			throw WorkflowException
				.invalid("Expected maximumAttempts of 0 (no limit) or more, but it is " + maximumAttempts);
		}
		if (!(backoffCoefficient >= 1)) {
			throw WorkflowException
				.invalid("Expected a backoffCoefficient of at least 1, but it is " + backoffCoefficient);
		}
		Lifetime.requirePositive("initialInterval", initialInterval);
		Lifetime.requirePositive("maximumInterval", maximumInterval);
		nonRetryable = List.copyOf(nonRetryable);
	}

	/**
	 * Attempts without limit, after 1 s, 2 s, 4 s … up to 100 s.
	 * @return the default settings
	 */
	public static RetrySettings defaults() {
		return DEFAULTS;
	}

	public RetrySettings withMaximumAttempts(int attempts) {
		return new RetrySettings(attempts, initialInterval, backoffCoefficient, maximumInterval, nonRetryable);
	}

	/**
	 * These settings with another back-off.
	 * @param initial wait before the second attempt
	 * @param coefficient factor from one wait to the next
	 * @param maximum longest wait
	 * @return the changed settings
	 */
	public RetrySettings withBackoff(Duration initial, double coefficient, Duration maximum) {
		return new RetrySettings(maximumAttempts, initial, coefficient, maximum, nonRetryable);
	}

	public RetrySettings withNonRetryable(String... types) {
		return new RetrySettings(maximumAttempts, initialInterval, backoffCoefficient, maximumInterval, List.of(types));
	}

}
