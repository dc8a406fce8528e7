package io.reprise.kernel;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * Arithmetic on times that cannot overflow.
 */
final class Times {

	/** Later than anything that will happen, and within what databases can keep. */
	static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

	private Times() {
	}

	static Instant plus(Instant time, Duration duration) {
		try {
			return storable(time.plus(duration));
		}
		catch (DateTimeException | ArithmeticException ex) {
			return duration.isNegative() ? time : NEVER;
		}
	}

	/**
	 * The first time that can be stored and is not before a given one. Databases keep
	 * microseconds; a due time that changes by being stored would be early, or differ
	 * from itself.
	 * @param time the time
	 * @return the time in whole microseconds, at most {@link #NEVER}
	 */
	static Instant storable(Instant time) {
		if (time.isAfter(NEVER)) {
			return NEVER;
		}
		Instant whole = time.truncatedTo(ChronoUnit.MICROS);
		return whole.equals(time) ? time : whole.plus(1, ChronoUnit.MICROS);
	}

	static Instant later(Instant first, Instant second) {
		return first.isBefore(second) ? second : first;
	}

	static @Nullable Instant earlier(@Nullable Instant first, @Nullable Instant second) {
		if (first == null || second == null) {
			return (first != null) ? first : second;
		}
		return second.isBefore(first) ? second : first;
	}

	/**
	 * Whether a time has come.
	 * @param due the time, or {@code null} for never
	 * @param now the time it is
	 * @return {@code true} if it is not after now
	 */
	static boolean isDue(@Nullable Instant due, Instant now) {
		return due != null && !due.isAfter(now);
	}

}
