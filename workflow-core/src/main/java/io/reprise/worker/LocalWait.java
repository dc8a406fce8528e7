package io.reprise.worker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.reprise.spi.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * How a workflow waits for its local activities: a thread that drives it parks, or the
 * turn is left alone and brought back. One alarm serves many waits, as most end before it
 * rings.
 */
final class LocalWait {

	private final LocalServices services;

	/** A thread that waits, or what brings a parked turn back. */
	private final AtomicReference<@Nullable Object> waiter = new AtomicReference<>();

	private Ticker.@Nullable Scheduled alarm;

	private long alarmAt;

	LocalWait(LocalServices services) {
		this.services = services;
	}

	// Called by the thread that drives

	/**
	 * Waits until somebody signals.
	 * @param limit how long at most, in nanoseconds
	 * @param over whether there is nothing to wait for
	 */
	void await(long limit, BooleanSupplier over) {
		Thread self = Thread.currentThread();
		waiter.set(self);
		if (over.getAsBoolean()) {
			if (!waiter.compareAndSet(self, null)) {
				// Whoever signalled has counted the turn as going on.
				services.turnWaits();
			}
			return;
		}
		services.turnWaits();
		setAlarm(limit);
		boolean interrupted = false;
		// To set the alarm may have parked, too, and used up the signal's permit.
		while (waiter.get() == self) {
			LockSupport.park(this);
			interrupted |= Thread.interrupted();
		}
		if (interrupted) {
			self.interrupt();
		}
	}

	/**
	 * Leaves the turn alone.
	 * @param limit how long at most, in nanoseconds
	 * @param over whether there is nothing to wait for
	 * @param resume called once, when somebody signals; must not block
	 */
	void parkTurn(long limit, BooleanSupplier over, Runnable resume) {
		waiter.set(resume);
		setAlarm(limit);
		if (over.getAsBoolean()) {
			signal();
		}
	}

	/**
	 * Takes back what would bring the turn back.
	 * @return that, or {@code null}
	 */
	@Nullable Runnable stop() {
		Object stopped = waiter.getAndSet(null);
		stopAlarm();
		return (stopped instanceof Runnable resume) ? resume : null;
	}

	void stopAlarm() {
		Ticker.Scheduled set = alarm;
		if (set != null) {
			alarm = null;
			set.cancel();
		}
	}

	private void setAlarm(long limit) {
		long now = services.nanos();
		if (alarm != null && alarmAt - now > 0 && alarmAt - now <= limit) {
			return;
		}
		stopAlarm();
		alarmAt = now + limit;
		alarm = services.ticker().schedule(Duration.ofNanos(limit), this::signal);
	}

	// Called by any thread

	/**
	 * Ends a wait. The turn counts as going on at once, before it does, so that nobody
	 * finds the worker idle in between.
	 */
	void signal() {
		Object waiting = waiter.getAndSet(null);
		if (waiting instanceof Thread thread) {
			services.turnGoesOn();
			LockSupport.unpark(thread);
		}
		else if (waiting instanceof Runnable resume) {
			resume.run();
		}
	}

}
