package io.reprise.definition;

import java.time.Duration;

import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Reads durations as annotations write them.
 */
final class Durations {

	private Durations() {
	}

	/**
	 * Reads a duration.
	 * @param text such as {@code 500ms}, {@code 1h30m} or {@code PT1H}
	 * @return the duration
	 * @throws IllegalArgumentException if it cannot be read, or is not positive
	 */
	static Duration parse(String text) {
		String trimmed = text.trim();
		if (trimmed.chars().allMatch(Character::isDigit)) {
			throw new IllegalArgumentException("'" + text + "' names no unit");
		}
		Duration duration;
		try {
			duration = DurationFormatterUtils.detectAndParse(trimmed, DurationFormat.Unit.MILLIS);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw new IllegalArgumentException("'" + text + "' is not a duration", ex);
		}
		if (!duration.isPositive()) {
			throw new IllegalArgumentException("'" + text + "' is not more than zero");
		}
		return duration;
	}

}
