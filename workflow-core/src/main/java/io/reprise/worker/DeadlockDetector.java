package io.reprise.worker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.reprise.ErrorCode;
import io.reprise.replay.SliceListener;
import io.reprise.replay.WorkflowMachine;
import io.reprise.spi.Ticker;

/**
 * Finds workflow code that does not come to rest: it waits for a lock that is not the
 * workflow's, sleeps, or loops. Times one slice, from the moment the code gets the baton
 * until it gives it back.
 * <p>
 * Code that computes gets twice the time, because on a busy machine it may have been
 * runnable without running; and when the detector itself comes late, everybody gets
 * another chance.
 */
final class DeadlockDetector implements SliceListener {

	private final Ticker ticker;

	private final Duration timeout;

	private final Duration interval;

	private final Map<WorkflowMachine, Slice> slices = new ConcurrentHashMap<>();

	private long lastCheck;

	private volatile boolean stopped;

	DeadlockDetector(Ticker ticker, Duration timeout) {
		this.ticker = ticker;
		this.timeout = timeout;
		this.interval = timeout.dividedBy(4);
	}

	void start() {
		lastCheck = ticker.nanos();
		scheduleNext();
	}

	void stop() {
		stopped = true;
	}

	@Override
	public void sliceStarted(WorkflowMachine machine, Thread coroutine) {
		slices.put(machine, new Slice(coroutine, ticker.nanos()));
	}

	@Override
	public void sliceEnded(WorkflowMachine machine) {
		slices.remove(machine);
	}

	private void scheduleNext() {
		if (!stopped) {
			ticker.schedule(interval, () -> {
				try {
					check();
				}
				finally {
					scheduleNext();
				}
			});
		}
	}

	private void check() {
		long now = ticker.nanos();
		boolean late = now - lastCheck > 2 * interval.toNanos();
		lastCheck = now;
		if (late) {
			slices.replaceAll((machine, slice) -> new Slice(slice.thread, now));
			return;
		}
		slices.forEach((machine, slice) -> {
			long patience = timeout.toNanos() * ((slice.thread.getState() == Thread.State.RUNNABLE) ? 2 : 1);
			if (now - slice.sinceNanos >= patience && slices.remove(machine, slice)) {
				machine.abandon(ErrorCode.DEADLOCK, message(slice.thread));
			}
		});
	}

	private String message(Thread thread) {
		StringBuilder message = new StringBuilder(
				"Expected workflow code to yield within %s, but it did not. Wait only with Workflows.*, and leave locks, sleeping and long work to activities. Its stack:"
					.formatted(timeout));
		int frames = 0;
		for (StackTraceElement frame : thread.getStackTrace()) {
			message.append("\n\tat ").append(frame);
			if (++frames == 30) {
				break;
			}
		}
		return message.toString();
	}

	private record Slice(Thread thread, long sinceNanos) {

	}

}
