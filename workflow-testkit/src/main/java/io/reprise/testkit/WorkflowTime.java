package io.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Moves a virtual clock as far as workflows need: never while code runs that could still do
 * something at the present time. A month of sleep passes in no time.
 */
public final class WorkflowTime {

	/** Code that runs for longer than this, in real time, hangs. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration LONGEST_WAIT = Duration.ofDays(10_000);

	private final VirtualClock clock;

	private final BooleanSupplier idle;

	private final ReentrantLock skipping = new ReentrantLock();

	/**
	 * Makes a time.
	 * @param clock the clock to move
	 * @param idle whether no code runs and nothing waits to be decided
	 */
	public WorkflowTime(VirtualClock clock, BooleanSupplier idle) {
		this.clock = clock;
		this.idle = idle;
	}

	public Instant now() {
		return clock.instant();
	}

	/**
	 * Lets time pass, step by step, with all that becomes due on the way.
	 * @param duration how long
	 */
	public void advance(Duration duration) {
		skipping.lock();
		try {
			Instant target = clock.instant().plus(duration);
			settle();
			for (Optional<Instant> next = clock.nextDue(); next.isPresent()
					&& !next.get().isAfter(target); next = clock.nextDue()) {
				clock.advanceTo(next.get());
				settle();
			}
			clock.advanceTo(target);
			settle();
		}
		finally {
			skipping.unlock();
		}
	}

	/**
	 * Goes to the next thing that is due, unless that is so far away that it cannot be what a
	 * workflow waits for.
	 */
	private boolean skip() {
		Optional<Instant> next = clock.nextDue();
		if (next.isEmpty() || next.get().isAfter(clock.instant().plus(LONGEST_WAIT))) {
			return false;
		}
		clock.advanceTo(next.get());
		return true;
	}

	/**
	 * Waits, in real time, until no workflow has anything to do at the present time.
	 * @throws AssertionError if code does not come to rest
	 */
	public void settle() {
		if (!settledWithin(PATIENCE, () -> false)) {
			throw new AssertionError("Expected workflows and activities to come to rest within %s, but code still runs"
				.formatted(PATIENCE));
		}
	}

	/**
	 * Lets time pass until something has happened, or until nothing is left that could happen.
	 * @param awaited what to wait for
	 */
	public void advanceUntilDone(Future<?> awaited) {
		while (!awaited.isDone()) {
			if (!settledWithin(PATIENCE, awaited::isDone) || awaited.isDone()) {
				return;
			}
			skipping.lock();
			try {
				if (!awaited.isDone() && idle.getAsBoolean() && !skip()) {
					return;
				}
			}
			finally {
				skipping.unlock();
			}
		}
	}

	private boolean settledWithin(Duration patience, BooleanSupplier orElse) {
		long deadline = System.nanoTime() + patience.toNanos();
		int quiet = 0;
		while (System.nanoTime() < deadline) {
			if (orElse.getAsBoolean()) {
				return true;
			}
			// Twice in a row: work may be on its way from one place to the next.
			quiet = idle.getAsBoolean() ? quiet + 1 : 0;
			if (quiet == 2) {
				return true;
			}
			pause();
		}
		return false;
	}

	private static void pause() {
		try {
			new CountDownLatch(1).await(100, TimeUnit.MICROSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Expected to wait for workflows, but the test's thread was interrupted", ex);
		}
	}

}
