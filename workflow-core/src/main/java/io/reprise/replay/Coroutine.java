package io.reprise.replay;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import io.reprise.WorkflowContext;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a workflow. It runs only while it holds the baton, which the driver hands
 * over with {@link #resume()} and takes back when this thread pauses, ends or is given
 * up. The baton is the phase: all other fields need no protection, because writing and
 * reading the phase orders what the two threads do.
 */
final class Coroutine {

	/** So often user code may swallow {@link Unwind} before its thread is given up. */
	private static final int PATIENCE = 100;

	private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);

	private final Thread thread;

	private final Fate fate;

	private final AtomicInteger liveThreads;

	private volatile @Nullable Thread driver;

	private volatile TurnResult.@Nullable Bug abandonment;

	/** Counts on this thread alone. */
	private int unwinds;

	/** Whether its code has ended the run; read on its own thread alone. */
	private boolean ended;

	/** Whether what this coroutine waits for has come; says nothing while it polls. */
	private boolean ready;

	/** Whether it waits for a condition, to be looked at after every change. */
	private boolean polling;

	/** Whether user code other than a condition ran since the scheduler last asked. */
	private boolean moved = true;

	/** The change after which the condition was last looked at. */
	private long lookedAt;

	Coroutine(String name, Fate fate, AtomicInteger liveThreads, Function<Coroutine, ? extends WorkflowContext> context,
			Runnable work) {
		this.fate = fate;
		this.liveThreads = liveThreads;
		WorkflowContext bound = context.apply(this);
		thread = Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).unstarted(() -> live(bound, work));
	}

	Thread thread() {
		return thread;
	}

	// Called by the driver

	/**
	 * Hands the baton over and waits until it is back.
	 */
	void resume() {
		driver = Thread.currentThread();
		boolean fresh = phase.get() == Phase.NEW;
		phase.set(Phase.RUNNING);
		if (fresh) {
			liveThreads.incrementAndGet();
			thread.start();
		}
		else {
			LockSupport.unpark(thread);
		}
		boolean interrupted = false;
		while (phase.get() == Phase.RUNNING) {
			LockSupport.park(this);
			interrupted |= Thread.interrupted();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Whether it has something to do.
	 * @param change the last change of the workflow's state
	 * @return {@code true} if it should be resumed
	 */
	boolean isRunnable(long change) {
		return switch (phase.get()) {
			case NEW -> true;
			case WAITING -> polling ? lookedAt != change : ready;
			case RUNNING, DONE, ABANDONED -> false;
		};
	}

	/**
	 * Whether it has not begun.
	 */
	boolean isNew() {
		return phase.get() == Phase.NEW;
	}

	boolean isWaiting() {
		return phase.get() == Phase.WAITING;
	}

	/**
	 * Whether it never runs again.
	 */
	boolean isOver() {
		Phase now = phase.get();
		return now == Phase.DONE || now == Phase.ABANDONED;
	}

	boolean takeMoved() {
		boolean taken = moved;
		moved = false;
		return taken;
	}

	void lookedAt(long change) {
		lookedAt = change;
	}

	/**
	 * Makes a coroutine runnable that waits for a promise.
	 */
	void wake() {
		ready = true;
	}

	/**
	 * What it was given up for.
	 * @return the bug, or {@code null} if it was not given up, or while unwinding
	 */
	TurnResult.@Nullable Bug abandonment() {
		return (phase.get() == Phase.ABANDONED) ? abandonment : null;
	}

	// Called by any thread

	/**
	 * Gives the slice up that is running: the driver goes on without this thread.
	 * @return {@code false} if no slice was running any more
	 */
	boolean abandon(TurnResult.Bug bug) {
		abandonment = bug;
		if (!phase.compareAndSet(Phase.RUNNING, Phase.ABANDONED)) {
			return false;
		}
		fate.condemn(bug);
		LockSupport.unpark(driver);
		return true;
	}

	// Called on its own thread

	/**
	 * Whether this thread may go on.
	 */
	boolean isAlive() {
		return !ended && !fate.isUnwinding() && phase.get() != Phase.ABANDONED;
	}

	/**
	 * Its code has ended the run: nothing that it does from here on counts.
	 */
	Unwind end() {
		ended = true;
		return new Unwind();
	}

	/**
	 * Throws {@link Unwind} unless this thread may go on.
	 */
	void requireAlive() {
		if (!isAlive()) {
			unwind();
		}
	}

	void pauseUntilReady() {
		ready = false;
		polling = false;
		pause();
		moved = true;
	}

	void pauseUntilChange() {
		polling = true;
		pause();
	}

	void moved() {
		moved = true;
	}

	private void pause() {
		// Closing counts on it: who is unwound never waits again.
		requireAlive();
		if (!giveBack(Phase.WAITING)) {
			unwind();
		}
		// An interrupt means nothing to a workflow, and would make parking spin. Also
		// when
		// the baton is back before this thread has parked at all.
		Thread.interrupted();
		while (phase.get() == Phase.WAITING) {
			LockSupport.park(this);
			Thread.interrupted();
		}
		requireAlive();
	}

	private void unwind() {
		if (++unwinds > PATIENCE) {
			giveBack(Phase.ABANDONED);
			// It would loop for ever otherwise, and no thread can be made to end.
			while (true) {
				LockSupport.park(this);
				Thread.interrupted();
			}
		}
		throw new Unwind();
	}

	private void live(WorkflowContext context, Runnable work) {
		try {
			WorkflowContext.bind(context);
			work.run();
		}
		catch (Throwable ex) {
			fate.condemn(ex);
		}
		finally {
			WorkflowContext.bind(null);
			liveThreads.decrementAndGet();
			giveBack(Phase.DONE);
		}
	}

	private boolean giveBack(Phase next) {
		if (!phase.compareAndSet(Phase.RUNNING, next)) {
			return false;
		}
		LockSupport.unpark(driver);
		return true;
	}

	private enum Phase {

		NEW, RUNNING, WAITING, DONE, ABANDONED

	}

}
