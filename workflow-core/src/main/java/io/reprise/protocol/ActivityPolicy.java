package io.reprise.protocol;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Time-outs and retry policy of a scheduled activity, resolved.
 *
 * @param startToClose time one attempt may take
 * @param scheduleToClose time all attempts may take, {@code null} for no limit
 * @param scheduleToStart time an attempt may wait for a worker, {@code null} for no limit
 * @param heartbeat longest silence, {@code null} for none asked
 * @param maximumAttempts attempts in all, 0 for no limit
 * @param initialInterval wait before the second attempt
 * @param backoffCoefficient factor from one wait to the next, at least 1
 * @param maximumInterval longest wait
 * @param nonRetryable failure types that are not retried
 */
public record ActivityPolicy(Duration startToClose, @Nullable Duration scheduleToClose,
		@Nullable Duration scheduleToStart, @Nullable Duration heartbeat, int maximumAttempts, Duration initialInterval,
		double backoffCoefficient, Duration maximumInterval, List<String> nonRetryable) {

	/** What counts where nobody says anything. */
	public static final ActivityPolicy DEFAULT = new ActivityPolicy(Duration.ofMinutes(1), null, null, null, 0,
			Duration.ofSeconds(1), 2.0, Duration.ofSeconds(100), List.of());

	public ActivityPolicy {
		nonRetryable = List.copyOf(nonRetryable);
	}

}
