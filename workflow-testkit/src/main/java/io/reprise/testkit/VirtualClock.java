package io.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.spi.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until a test moves it. Tasks scheduled on it run when it
 * passes their time: on the thread that moves it, in order of time, in order of
 * scheduling where times are equal. While a task runs the clock shows the task's time.
 * <p>
 * Safe for use by many threads. One thread at a time moves the clock, others that want to
 * move it wait; a task may move it further itself. Reading, scheduling and cancelling
 * never wait for a task.
 */
public final class VirtualClock implements InstantSource, Ticker {

	/** Where a clock starts that is given no other time. */
	public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::dueAt).thenComparingLong(Entry::number);

	private final ReentrantLock moving = new ReentrantLock();

	private final ReentrantLock lock = new ReentrantLock();

	private final TreeSet<Entry> entries = new TreeSet<>(ORDER);

	private final Instant start;

	private volatile Runnable scheduleListener = () -> {
	};

	private Instant now;

	private long scheduled;

	/** A clock that shows {@link #START}. */
	public VirtualClock() {
		this(START);
	}

	/**
	 * A clock that shows a time.
	 * @param start the time
	 */
	public VirtualClock(Instant start) {
		this.start = start;
		now = start;
	}

	@Override
	public Instant instant() {
		lock.lock();
		try {
			return now;
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Moves the clock and runs what becomes due, tasks scheduled meanwhile included.
	 * @param duration how far, not negative; zero runs what is due already
	 * @throws WorkflowException with {@code INVALID_ARGUMENT} if it is negative
	 */
	public void advance(Duration duration) {
		if (duration.isNegative()) {
			throw new WorkflowException(ErrorCode.INVALID_ARGUMENT,
					"Expected a duration of zero or more to advance the clock by, but found " + duration);
		}
		moving.lock();
		try {
			move(instant().plus(duration));
		}
		finally {
			moving.unlock();
		}
	}

	/**
	 * Moves the clock to a time and runs what becomes due, tasks scheduled meanwhile
	 * included. Does not move it back: for a time that has passed it only runs what is
	 * due already.
	 * @param time the time
	 */
	public void advanceTo(Instant time) {
		moving.lock();
		try {
			Instant current = instant();
			move(time.isBefore(current) ? current : time);
		}
		finally {
			moving.unlock();
		}
	}

	/**
	 * Moves the clock to the next task and runs all that is due then.
	 * @return {@code false} if nothing is scheduled
	 */
	public boolean advanceToNextDue() {
		moving.lock();
		try {
			Optional<Instant> next = nextDue();
			next.ifPresent(this::advanceTo);
			return next.isPresent();
		}
		finally {
			moving.unlock();
		}
	}

	/**
	 * When the next task is to run. May lie in the past: a task without delay waits for
	 * the clock to be moved like any other.
	 * @return the time, if anything is scheduled
	 */
	public Optional<Instant> nextDue() {
		lock.lock();
		try {
			return entries.isEmpty() ? Optional.empty() : Optional.of(entries.first().dueAt());
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Number of tasks that are scheduled and have not begun.
	 * @return the number
	 */
	public int scheduledTasks() {
		lock.lock();
		try {
			return entries.size();
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Nanoseconds since the clock was made.
	 * @return the nanoseconds
	 */
	@Override
	public long nanos() {
		return Duration.between(start, instant()).toNanos();
	}

	/**
	 * Runs a task after a delay.
	 * @param delay how long from now; zero or less means at once, as soon as somebody
	 * moves the clock
	 * @param task the task; what it throws reaches the thread that moves the clock
	 * @return cancels it
	 */
	@Override
	public Scheduled schedule(Duration delay, Runnable task) {
		lock.lock();
		try {
			return add(delay.isNegative() ? now : later(now, delay), task);
		}
		finally {
			lock.unlock();
			scheduleListener.run();
		}
	}

	/**
	 * Runs a task at a time.
	 * @param time the time; one that has passed means as soon as somebody moves the clock
	 * @param task the task; what it throws reaches the thread that moves the clock
	 * @return cancels it
	 */
	public Scheduled schedule(Instant time, Runnable task) {
		lock.lock();
		try {
			return add(time, task);
		}
		finally {
			lock.unlock();
			scheduleListener.run();
		}
	}

	/**
	 * Tells somebody whenever a task was scheduled, so that he can move the clock.
	 * Replaces whoever was told before.
	 * @param listener called without a lock by the thread that scheduled the task, which
	 * may itself hold locks: it must not move the clock there
	 */
	public void onSchedule(Runnable listener) {
		scheduleListener = listener;
	}

	private Scheduled add(Instant dueAt, Runnable task) {
		Entry entry = new Entry(dueAt, scheduled++, task);
		entries.add(entry);
		return () -> remove(entry);
	}

	/** Who waits for ever must not overflow. */
	private static Instant later(Instant time, Duration delay) {
		return (delay.compareTo(Duration.between(time, Instant.MAX)) < 0) ? time.plus(delay) : Instant.MAX;
	}

	private void remove(Entry entry) {
		lock.lock();
		try {
			entries.remove(entry);
		}
		finally {
			lock.unlock();
		}
	}

	private void move(Instant target) {
		Throwable failure = null;
		for (Entry due = takeDue(target); due != null; due = takeDue(target)) {
			failure = run(due.task(), failure);
		}
		if (failure instanceof Error error) {
			throw error;
		}
		if (failure instanceof RuntimeException exception) {
			throw exception;
		}
	}

	/** One task's failure must not keep the others from their time. */
	private @Nullable Throwable run(Runnable task, @Nullable Throwable failure) {
		try {
			task.run();
			return failure;
		}
		catch (RuntimeException | Error ex) {
			if (failure == null) {
				return ex;
			}
			if (failure != ex) {
				failure.addSuppressed(ex);
			}
			return failure;
		}
	}

	/**
	 * Takes the next task up to a time and shows its time, or shows that time if there is
	 * none. A task may have moved the clock beyond it: the clock never goes back.
	 */
	private @Nullable Entry takeDue(Instant target) {
		lock.lock();
		try {
			Entry next = entries.isEmpty() ? null : entries.first();
			if (next == null || next.dueAt().isAfter(target)) {
				now = now.isAfter(target) ? now : target;
				return null;
			}
			entries.remove(next);
			now = now.isAfter(next.dueAt()) ? now : next.dueAt();
			return next;
		}
		finally {
			lock.unlock();
		}
	}

	private record Entry(Instant dueAt, long number, Runnable task) {

	}

}
