package io.reprise.benchmarks;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * One measured value.
 *
 * @param name what was measured
 * @param value the value
 * @param unit its unit
 * @param floorRatio value by what the database alone reaches in the same run,
 * {@code null} where there is nothing to compare with
 */
record Figure(String name, double value, String unit, @Nullable Double floorRatio) {

	/**
	 * A number with as many decimals as its size deserves.
	 * @param value the number
	 * @return its text
	 */
	static String number(double value) {
		if (value == Math.rint(value) || Math.abs(value) >= 100) {
			return String.format(Locale.ROOT, "%.0f", value);
		}
		return String.format(Locale.ROOT, (Math.abs(value) >= 10) ? "%.1f" : "%.3f", value);
	}

}
