package io.reprise.worker;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadConverter;
import io.reprise.spi.Ticker;

/**
 * What the local activities of all workflows of a worker share.
 */
final class LocalServices implements RunningActivity.Reports {

	private final ActivityCode code;

	private final PayloadConverter converter;

	private final Ticker ticker;

	private final InstantSource wallClock;

	private final int largestPayload;

	private final SlotPool slots;

	private final AtomicLong launched = new AtomicLong();

	private final AtomicInteger waitingTurns = new AtomicInteger();

	private volatile boolean draining;

	private volatile boolean stopped;

	LocalServices(ActivityCode code, PayloadConverter converter, Ticker ticker, InstantSource wallClock,
			int largestPayload, SlotPool slots) {
		this.code = code;
		this.converter = converter;
		this.ticker = ticker;
		this.wallClock = wallClock;
		this.largestPayload = largestPayload;
		this.slots = slots;
	}

	ActivityCode code() {
		return code;
	}

	PayloadConverter converter() {
		return converter;
	}

	Ticker ticker() {
		return ticker;
	}

	InstantSource wallClock() {
		return wallClock;
	}

	SlotPool slots() {
		return slots;
	}

	@Override
	public long nanos() {
		return ticker.nanos();
	}

	@Override
	public int largestPayload() {
		return largestPayload;
	}

	/** Heartbeats of a local activity reach the next attempt in this process only. */
	@Override
	public void heartbeat(RunningActivity activity, Payload details) {
		// The attempt keeps them.
	}

	void launch(LocalRun.Attempt attempt) {
		launched.incrementAndGet();
		slots.execute(attempt);
	}

	/**
	 * Attempts launched so far.
	 * @return how many
	 */
	long launched() {
		return launched.get();
	}

	void turnWaits() {
		waitingTurns.incrementAndGet();
	}

	void turnGoesOn() {
		waitingTurns.decrementAndGet();
	}

	/**
	 * Turns that wait for local activities and hold their slot meanwhile.
	 * @return how many
	 */
	int waitingTurns() {
		return waitingTurns.get();
	}

	/**
	 * Turns wait as long as they have to: nobody would go on with them.
	 */
	void drain() {
		draining = true;
	}

	boolean isDraining() {
		return draining;
	}

	/**
	 * No turn waits from here on.
	 */
	void stop() {
		stopped = true;
		slots.stop();
	}

	boolean isStopped() {
		return stopped;
	}

}
