package io.reprise.engine;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

import io.reprise.kernel.NextRuns;
import io.reprise.spi.IdSource;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.support.CronExpression;

/**
 * Ids for runs that follow others, and the times at which cron expressions are due.
 */
final class CronNextRuns implements NextRuns {

	/** Minute, hour, day of the month, month and day of the week. */
	private static final int FIELDS_WITHOUT_SECONDS = 5;

	private final IdSource ids;

	CronNextRuns(IdSource ids) {
		this.ids = ids;
	}

	@Override
	public String newRunId() {
		return ids.next();
	}

	@Override
	public @Nullable Instant nextTime(String cron, ZoneId zone, Instant after) {
		try {
			ZonedDateTime next = parse(cron).next(after.atZone(zone));
			return (next != null) ? next.toInstant() : null;
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			return null;
		}
	}

	private static CronExpression parse(String cron) {
		String trimmed = cron.trim();
		boolean classic = trimmed.split("\\s+").length == FIELDS_WITHOUT_SECONDS;
		return CronExpression.parse(classic ? "0 " + trimmed : trimmed);
	}

}
