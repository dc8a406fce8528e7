package io.reprise;

import java.time.Duration;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * How long a workflow may take, when it begins, and when it is run again. Set with
 * {@link StartOptions}; every run of a workflow id that follows from the first has it,
 * too.
 *
 * @param executionTimeout time all runs together may take, {@code null} for no limit
 * @param runTimeout time one run may take, {@code null} for no limit
 * @param retry whether a run that failed is followed by another, {@code null} for not
 * @param startDelay how long after the start the workflow begins
 * @param cron when it is run again and again, {@code null} for once
 * @param cronZone the time zone of {@code cron}, {@code null} for UTC
 */
public record Lifetime(@Nullable Duration executionTimeout, @Nullable Duration runTimeout,
		@Nullable RetrySettings retry, Duration startDelay, @Nullable String cron, @Nullable ZoneId cronZone) {

	/** One run, at once, that may take for ever. */
	public static final Lifetime UNLIMITED = new Lifetime(null, null, null, Duration.ZERO, null, null);

	public Lifetime {
		requirePositive("executionTimeout", executionTimeout);
		requirePositive("runTimeout", runTimeout);
		if (startDelay.isNegative()) {
			throw WorkflowException.invalid("Expected a startDelay of zero or more, but it is " + startDelay);
		}
		if (cron != null && !startDelay.isZero()) {
			throw WorkflowException.invalid("Expected a startDelay or a cron expression, but there are both");
		}
	}

	/**
	 * Whether it asks for nothing.
	 * @return {@code true} for one run, at once, that may take for ever
	 */
	public boolean isUnlimited() {
		return equals(UNLIMITED);
	}

	Lifetime withExecutionTimeout(Duration timeout) {
		return new Lifetime(timeout, runTimeout, retry, startDelay, cron, cronZone);
	}

	Lifetime withRunTimeout(Duration timeout) {
		return new Lifetime(executionTimeout, timeout, retry, startDelay, cron, cronZone);
	}

	Lifetime withRetry(RetrySettings settings) {
		return new Lifetime(executionTimeout, runTimeout, settings, startDelay, cron, cronZone);
	}

	/**
	 * The same with another delay.
	 * @param delay how long after the start the workflow begins
	 * @return the changed lifetime
	 */
	public Lifetime withStartDelay(Duration delay) {
		return delay.equals(startDelay) ? this
				: new Lifetime(executionTimeout, runTimeout, retry, delay, cron, cronZone);
	}

	Lifetime withCron(String expression, @Nullable ZoneId zone) {
		return new Lifetime(executionTimeout, runTimeout, retry, startDelay, expression, zone);
	}

	static void requirePositive(String name, @Nullable Duration duration) {
		if (duration != null && !duration.isPositive()) {
			throw WorkflowException.invalid("Expected a positive " + name + ", but it is " + duration);
		}
	}

}
