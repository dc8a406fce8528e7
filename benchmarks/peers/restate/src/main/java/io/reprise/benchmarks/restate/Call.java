package io.reprise.benchmarks.restate;

import java.nio.charset.StandardCharsets;

import dev.restate.serde.Serde;

/**
 * What a handler is called with, as a text.
 *
 * @param number activities, or milliseconds
 * @param text what goes into the first activity, or the workflow id
 */
record Call(long number, String text) {

	static final String SERVICE = "Sequence";

	static final String PASS = "pass";

	static final String SLEEP = "sleep";

	static final Serde<String> TEXT = Serde.using("text/plain", (text) -> text.getBytes(StandardCharsets.UTF_8),
			(bytes) -> new String(bytes, StandardCharsets.UTF_8));

	static Call parse(String input) {
		int blank = input.indexOf(' ');
		return new Call(Long.parseLong(input.substring(0, blank)), input.substring(blank + 1));
	}

	@Override
	public String toString() {
		return number + " " + text;
	}

}
