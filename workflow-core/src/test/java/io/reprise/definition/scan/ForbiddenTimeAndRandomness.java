package io.reprise.definition.scan;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.JapaneseDate;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.reprise.Workflow;

/**
 * Calls that give something else at each replay.
 */
@Workflow
public class ForbiddenTimeAndRandomness {

	@Workflow.Run
	@Uses("java.lang.System.currentTimeMillis")
	public long run() {
		return System.currentTimeMillis();
	}

	@Uses("java.lang.System.nanoTime")
	long nanoTime() {
		return System.nanoTime();
	}

	@Uses("java.time.Instant.now")
	Instant instant() {
		return Instant.now();
	}

	@Uses({ "java.time.LocalDate.now", "java.time.LocalDateTime.now", "java.time.LocalTime.now",
			"java.time.ZonedDateTime.now", "java.time.OffsetDateTime.now", "java.time.Year.now",
			"java.time.YearMonth.now" })
	List<Object> dates() {
		return List.of(LocalDate.now(ZoneOffset.UTC), LocalDateTime.now(ZoneOffset.UTC), LocalTime.now(ZoneOffset.UTC),
				ZonedDateTime.now(ZoneOffset.UTC), OffsetDateTime.now(ZoneOffset.UTC), Year.now(ZoneOffset.UTC),
				YearMonth.now(ZoneOffset.UTC));
	}

	@Uses("java.time.chrono.JapaneseDate.now")
	JapaneseDate chronology() {
		return JapaneseDate.now();
	}

	@Uses({ "java.time.Clock.systemUTC", "java.time.Clock.tickSeconds", "java.time.InstantSource.system" })
	List<Object> clocks() {
		return List.of(Clock.systemUTC(), Clock.tickSeconds(ZoneOffset.UTC), InstantSource.system());
	}

	@Uses("new java.util.Date")
	Date date() {
		return new Date();
	}

	@Uses({ "java.util.Calendar.getInstance", "new java.util.GregorianCalendar" })
	List<Object> calendars() {
		return List.of(Calendar.getInstance(), new GregorianCalendar());
	}

	@Uses({ "java.time.ZoneId.systemDefault", "java.util.TimeZone.getDefault" })
	List<Object> zones() {
		return List.of(ZoneId.systemDefault(), TimeZone.getDefault());
	}

	@Uses("java.lang.Math.random")
	double math() {
		return Math.random();
	}

	@Uses({ "new java.util.Random", "new java.util.SplittableRandom", "new java.security.SecureRandom" })
	List<Object> generators() {
		return List.of(new Random(), new SplittableRandom(), new SecureRandom());
	}

	@Uses({ "java.util.concurrent.ThreadLocalRandom.current", "java.util.concurrent.ThreadLocalRandom.nextInt" })
	int threadLocal() {
		return ThreadLocalRandom.current().nextInt();
	}

	@Uses("java.util.random.RandomGenerator.getDefault")
	RandomGenerator generator() {
		return RandomGenerator.getDefault();
	}

	@Uses("java.util.Collections.shuffle")
	void shuffle(List<String> list) {
		Collections.shuffle(list);
	}

	@Uses("java.util.UUID.randomUUID")
	UUID uuid() {
		return UUID.randomUUID();
	}

	@Uses("java.util.UUID.randomUUID")
	Supplier<UUID> lambda() {
		return () -> UUID.randomUUID();
	}

	@Uses("java.util.UUID.randomUUID")
	Supplier<Supplier<UUID>> nestedLambda() {
		return () -> () -> UUID.randomUUID();
	}

	@Uses("java.util.UUID.randomUUID")
	Supplier<UUID> methodReference() {
		return UUID::randomUUID;
	}

	@Uses("new java.util.Date")
	Supplier<Date> constructorReference() {
		return Date::new;
	}

}
