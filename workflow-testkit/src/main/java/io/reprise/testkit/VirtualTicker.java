package io.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.reprise.spi.Ticker;

/**
 * Time of an engine that a test moves by its {@link VirtualClock}.
 */
public final class VirtualTicker implements Ticker {

	private final VirtualClock clock;

	private final Instant origin;

	public VirtualTicker(VirtualClock clock) {
		this.clock = clock;
		this.origin = clock.instant();
	}

	@Override
	public long nanos() {
		Duration passed = Duration.between(origin, clock.instant());
		return TimeUnit.SECONDS.toNanos(passed.toSeconds()) + passed.toNanosPart();
	}

	@Override
	public Scheduled schedule(Duration delay, Runnable task) {
		return clock.schedule(delay, task)::cancel;
	}

}
