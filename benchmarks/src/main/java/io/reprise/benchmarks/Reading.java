package io.reprise.benchmarks;

import java.util.List;

/**
 * One value that one system reached once.
 *
 * @param name what was measured
 * @param value the value
 * @param unit its unit
 * @param scale what of the floor it can be compared with
 */
record Reading(String name, double value, String unit, Scale scale) {

	private static final String SEPARATOR = "\t";

	/** How to compare a value with the database alone. */
	enum Scale {

		/** Things in a second. */
		RATE,

		/** Time of one thing. */
		LATENCY,

		/** CPU time of a thousand things. */
		CPU,

		/** Not at all. */
		NONE

	}

	/** A line that {@link #parse} understands. */
	String line() {
		return String.join(SEPARATOR, name, Double.toString(value), unit, scale.name());
	}

	static Reading parse(String line) {
		List<String> fields = List.of(line.split(SEPARATOR));
		return new Reading(fields.get(0), Double.parseDouble(fields.get(1)), fields.get(2),
				Scale.valueOf(fields.get(3)));
	}

}
