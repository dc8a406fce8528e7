package io.reprise.testkit.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.reprise.spi.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Time, and who goes on next. All threads of all processes take turns on the one platform
 * thread that calls {@link #run}.
 */
final class World {

	static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	/** Of a schedule that hangs, the end of the story is enough. */
	private static final int LONGEST_TRACE = 4_000_000;

	private final Chance chance;

	private final double shuffle;

	private final List<Ready> ready = new ArrayList<>();

	private final TreeSet<Timer> timers = new TreeSet<>();

	private final StringBuilder trace = new StringBuilder();

	private final List<String> faults = new ArrayList<>();

	private final Thread carrier = Thread.currentThread();

	private @Nullable Process current;

	private @Nullable String failure;

	private @Nullable Throwable cause;

	private long nanos;

	private long steps;

	private long timersMade;

	World(Chance chance, double shuffle) {
		this.chance = chance;
		this.shuffle = shuffle;
	}

	/** What has come to pass so far, in microseconds. */
	Instant now() {
		return START.plusNanos(nanos);
	}

	long nanos() {
		return nanos;
	}

	long steps() {
		return steps;
	}

	/**
	 * Goes on until something is true.
	 * @param end what ends it
	 * @param maximumSteps more than it should ever take
	 * @return whether it came true
	 */
	boolean run(BooleanSupplier end, long maximumSteps) {
		long last = steps + maximumSteps;
		while (failure == null && steps < last) {
			if (end.getAsBoolean()) {
				return true;
			}
			if (!step()) {
				return end.getAsBoolean();
			}
		}
		return false;
	}

	private boolean step() {
		steps++;
		nanos += 1_000 * chance.between(1, 20);
		if (ready.isEmpty()) {
			if (timers.isEmpty()) {
				return false;
			}
			nanos = Math.max(nanos, timers.first().due);
		}
		while (!timers.isEmpty() && timers.first().due <= nanos) {
			fire(timers.pollFirst());
		}
		if (!ready.isEmpty()) {
			Ready next = ready.remove((ready.size() > 1 && chance.in(shuffle)) ? chance.below(ready.size()) : 0);
			current = next.process;
			next.continuation.run();
			current = null;
		}
		return true;
	}

	private void fire(Timer timer) {
		if (timer.process == null) {
			timer.task.run();
		}
		else if (!timer.process.isDead()) {
			timer.process.start("tick", timer.task);
		}
	}

	void ready(Process process, Runnable continuation) {
		ready.add(new Ready(process, continuation));
	}

	List<Runnable> takeReady(Process process) {
		List<Runnable> taken = new ArrayList<>();
		for (Iterator<Ready> each = ready.iterator(); each.hasNext();) {
			Ready one = each.next();
			if (one.process == process) {
				taken.add(one.continuation);
				each.remove();
			}
		}
		return taken;
	}

	/** Whatever comes from outside would come at another moment the next time. */
	void requireCarrier(Process process) {
		Thread thread = Thread.currentThread();
		if (thread != carrier && (!thread.isVirtual() || current == null)) {
			fail("Expected threads of " + process + " to be woken by the simulation, but " + thread
					+ " did: something waits for real time, or for a monitor", new IllegalStateException());
		}
	}

	// Called on threads of processes

	/**
	 * Lets time pass for the calling thread.
	 * @param duration how much
	 */
	void sleep(Duration duration) {
		CompletableFuture<Void> over = new CompletableFuture<>();
		schedule(null, duration, () -> over.complete(null));
		over.join();
	}

	/** For threads whose process was killed under them. */
	void never() {
		while (true) {
			LockSupport.park(this);
		}
	}

	@Nullable Process current() {
		return current;
	}

	/**
	 * Does something later.
	 * @param process whose thread does it, or {@code null} for nobody's: then it must be
	 * short
	 * @param delay how much later
	 * @param task what
	 * @return takes it back
	 */
	Ticker.Scheduled schedule(@Nullable Process process, Duration delay, Runnable task) {
		Timer timer = new Timer(later(delay), timersMade++, process, task);
		timers.add(timer);
		return () -> timers.remove(timer);
	}

	private long later(Duration delay) {
		return (delay.compareTo(Duration.ofDays(1_000)) < 0) ? nanos + Math.max(0, delay.toNanos()) : Long.MAX_VALUE;
	}

	// What is told afterwards

	void trace(String line) {
		if (trace.length() > LONGEST_TRACE) {
			trace.delete(0, LONGEST_TRACE / 2);
		}
		trace.append(nanos / 1_000).append(' ').append((current != null) ? current.name() : "-").append(' ');
		trace.append(line).append('\n');
	}

	void fault(String line) {
		faults.add(nanos / 1_000 + " " + line);
		trace("FAULT " + line);
	}

	void fail(String message, @Nullable Throwable thrown) {
		if (failure == null) {
			failure = message;
			cause = thrown;
			trace("FAILED " + message);
		}
	}

	void fail(String message) {
		fail(message, null);
	}

	@Nullable String failure() {
		return failure;
	}

	@Nullable Throwable cause() {
		return cause;
	}

	List<String> faults() {
		return faults;
	}

	String traceText() {
		return trace.toString();
	}

	private record Ready(Process process, Runnable continuation) {

	}

	private record Timer(long due, long number, @Nullable Process process, Runnable task) implements Comparable<Timer> {

		@Override
		public int compareTo(Timer other) {
			int byTime = Long.compare(due, other.due);
			return (byTime != 0) ? byTime : Long.compare(number, other.number);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return this == other;
		}

		@Override
		public int hashCode() {
			return Long.hashCode(number);
		}

	}

}
