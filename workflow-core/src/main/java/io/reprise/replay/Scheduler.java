package io.reprise.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.reprise.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Runs the coroutines of a workflow one at a time, always in the order they were created,
 * until none has anything to do. The order depends on nothing but the inputs, so it is
 * the same at every replay.
 */
final class Scheduler {

	/** More steps than any sensible workflow takes after one input. */
	private static final int MAXIMUM_STEPS = 100_000;

	private final WorkflowMachine machine;

	private final SliceListener listener;

	private final Fate fate;

	private final List<Coroutine> coroutines = new ArrayList<>();

	private volatile @Nullable Coroutine running;

	/** Counts what may have changed the outcome of a condition. */
	private long change;

	Scheduler(WorkflowMachine machine, SliceListener listener, Fate fate) {
		this.machine = machine;
		this.listener = listener;
		this.fate = fate;
	}

	void add(Coroutine coroutine) {
		coroutines.add(coroutine);
	}

	/**
	 * The coroutine that holds the baton; asked by any thread.
	 * @return the coroutine, or {@code null} if the driver holds it
	 */
	@Nullable Coroutine running() {
		return running;
	}

	/**
	 * Runs what the input just delivered has set going.
	 * @param stop asked after each slice whether what remains shall not run
	 */
	void runUntilBlocked(BooleanSupplier stop) {
		change++;
		long last = change + MAXIMUM_STEPS;
		boolean ran = true;
		while (ran) {
			ran = false;
			for (int i = 0; i < coroutines.size(); i++) {
				Coroutine coroutine = coroutines.get(i);
				if (!coroutine.isRunnable(change)) {
					continue;
				}
				ran = true;
				slice(coroutine);
				if (change > last) {
					throw fate.bug(ErrorCode.DEADLOCK,
							"Expected the workflow to come to rest, but its threads went " + "on waking each other "
									+ MAXIMUM_STEPS + " times after one input. Look for conditions "
									+ "that two threads make true for each other for ever");
				}
				if (fate.isUnwinding() || stop.getAsBoolean()) {
					return;
				}
			}
			coroutines.removeIf(Coroutine::isOver);
		}
	}

	/**
	 * Lets the running coroutine wait for the platform, which nobody may take for
	 * workflow code that hangs.
	 * @param wait waits
	 * @return what it says
	 */
	boolean waitUnwatched(BooleanSupplier wait) {
		Coroutine waiting = running;
		listener.sliceEnded(machine);
		try {
			return wait.getAsBoolean();
		}
		finally {
			if (waiting != null) {
				listener.sliceStarted(machine, waiting.thread());
			}
		}
	}

	/**
	 * Runs a coroutine that is none of the workflow's own and cannot wait.
	 */
	void runAlone(Coroutine coroutine) {
		slice(coroutine);
	}

	/**
	 * Ends every coroutine. The fate must say so before.
	 */
	void unwindAll() {
		for (Coroutine coroutine : coroutines) {
			// One slice is enough: a coroutine that unwinds cannot pause again.
			if (coroutine.isWaiting()) {
				slice(coroutine);
			}
		}
		coroutines.clear();
	}

	private void slice(Coroutine coroutine) {
		running = coroutine;
		listener.sliceStarted(machine, coroutine.thread());
		try {
			coroutine.resume();
		}
		finally {
			running = null;
			listener.sliceEnded(machine);
		}
		if (coroutine.takeMoved()) {
			change++;
		}
		coroutine.lookedAt(change);
		TurnResult.Bug abandonment = coroutine.abandonment();
		if (abandonment != null) {
			fate.condemn(abandonment);
		}
	}

}
