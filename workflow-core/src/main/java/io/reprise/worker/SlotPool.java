package io.reprise.worker;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work on virtual threads, so many at a time; the rest waits in order of arrival.
 * Each piece has a thread of its own: what user code leaves on it, an interrupt or a
 * thread-local, reaches no other.
 */
final class SlotPool {

	private static final Logger logger = LoggerFactory.getLogger(SlotPool.class);

	private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger outstanding = new AtomicInteger();

	private final int slots;

	private final ThreadFactory threads;

	private volatile boolean stopped;

	SlotPool(String name, int slots) {
		this.slots = slots;
		this.threads = Thread.ofVirtual().name("workflow-" + name + "-", 0).factory();
	}

	void execute(Runnable work) {
		if (stopped) {
			return;
		}
		outstanding.incrementAndGet();
		waiting.add(work);
		startIfFree();
	}

	/**
	 * Runs work at once or not at all.
	 * @param work the work
	 * @return {@code false} if no slot is free
	 */
	boolean tryExecute(Runnable work) {
		int current = running.get();
		while (!stopped && current < slots && waiting.isEmpty()) {
			if (running.compareAndSet(current, current + 1)) {
				outstanding.incrementAndGet();
				start(work);
				return true;
			}
			current = running.get();
		}
		return false;
	}

	/**
	 * Lets others have the slot of the calling work while it waits. When it goes on, more
	 * than there are slots for may run for a moment.
	 * @param wait what waits
	 * @return what it waited for
	 */
	<T> T withoutSlot(Supplier<T> wait) {
		running.decrementAndGet();
		startIfFree();
		try {
			return wait.get();
		}
		finally {
			running.incrementAndGet();
		}
	}

	/**
	 * Work that runs or waits.
	 * @return how many pieces
	 */
	int outstanding() {
		return outstanding.get();
	}

	int running() {
		return running.get();
	}

	/**
	 * Drops what waits and takes nothing more.
	 */
	void stop() {
		stopped = true;
		for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
			outstanding.decrementAndGet();
		}
	}

	/**
	 * Gives the slot of a piece of work that may never end to others.
	 */
	void releaseSlot() {
		running.decrementAndGet();
		outstanding.decrementAndGet();
		startIfFree();
	}

	private void startIfFree() {
		int current = running.get();
		while (current < slots && !waiting.isEmpty()) {
			if (running.compareAndSet(current, current + 1)) {
				goOn();
				return;
			}
			current = running.get();
		}
	}

	/** Uses a slot for what waits, or gives it back. */
	private void goOn() {
		Runnable next = waiting.poll();
		if (next != null) {
			start(next);
		}
		else {
			running.decrementAndGet();
			// Work may have come between the last look and the release of the slot.
			startIfFree();
		}
	}

	private void start(Runnable work) {
		Objects.requireNonNull(threads.newThread(() -> runOne(work))).start();
	}

	// Whoever stops the pool and then sees no slot in use is right for good: a slot that
	// is taken later is used for nothing.
	private void runOne(Runnable work) {
		try {
			if (!stopped) {
				work.run();
			}
		}
		catch (Throwable ex) {
			logger.error("Expected a task to handle its failures, but it threw", ex);
		}
		if (work instanceof Releasable releasable && releasable.hasReleasedSlot()) {
			return;
		}
		outstanding.decrementAndGet();
		goOn();
	}

	/**
	 * Work whose slot may have been given away while it ran.
	 */
	interface Releasable extends Runnable {

		boolean hasReleasedSlot();

	}

}
