package io.reprise.jpa;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Times as the tables hold them: whole microseconds, between years that both databases
 * know.
 */
final class Instants {

	private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

	private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

	private Instants() {
	}

	static Instant stored(Instant time) {
		if (time.isBefore(FIRST)) {
			return FIRST;
		}
		return time.isAfter(LAST) ? LAST : time.truncatedTo(ChronoUnit.MICROS);
	}

	static OffsetDateTime column(Instant time) {
		return stored(time).atOffset(ZoneOffset.UTC);
	}

}
