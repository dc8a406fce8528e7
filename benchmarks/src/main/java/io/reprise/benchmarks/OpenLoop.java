package io.reprise.benchmarks;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Callers that come at a fixed rate, whether earlier calls have ended or not. The time of
 * a call counts from when its caller was due, so that a pause of the system counts for
 * everybody who would have come meanwhile, not for one.
 */
final class OpenLoop {

	/** More at a time means that the system cannot follow. */
	private static final int CALLERS = 50_000;

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final SystemUnderTest system;

	private final Cell cell;

	private final int perSecond;

	private final Recorder recorder = new Recorder(3);

	private final Semaphore callers = new Semaphore(CALLERS);

	private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

	OpenLoop(SystemUnderTest system, Cell cell, int perSecond) {
		this.system = system;
		this.cell = cell;
		this.perSecond = perSecond;
	}

	/**
	 * Lets them come, and waits until all have been served.
	 * @param warmUp time before the callers that count
	 * @param measured time in which those come
	 * @return microseconds of each call
	 * @throws Exception if a call fails, or the system cannot follow
	 */
	Histogram run(Duration warmUp, Duration measured) throws Exception {
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			arrive(executor, warmUp, false);
			arrive(executor, measured, true);
			if (!callers.tryAcquire(CALLERS, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				throw new IllegalStateException(
						"Expected all callers to be served, but some still wait after " + PATIENCE);
			}
		}
		Exception thrown = failure.get();
		if (thrown != null) {
			throw thrown;
		}
		return recorder.getIntervalHistogram();
	}

	private void arrive(ExecutorService executor, Duration time, boolean counts) {
		long began = System.nanoTime();
		long calls = perSecond * time.toMillis() / 1_000;
		for (long i = 0; i < calls; i++) {
			long due = began + i * 1_000_000_000L / perSecond;
			for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
				LockSupport.parkNanos(wait);
			}
			if (!callers.tryAcquire()) {
				throw new IllegalStateException(
						"Expected the system to serve %d callers a second, but %d wait".formatted(perSecond, CALLERS));
			}
			executor.execute(() -> call(due, counts));
		}
	}

	private void call(long due, boolean counts) {
		try {
			system.run(ClosedLoop.nextId(cell), cell.activities());
			if (counts) {
				recorder.recordValue((System.nanoTime() - due) / 1_000);
			}
		}
		catch (Exception ex) {
			failure.compareAndSet(null, ex);
		}
		finally {
			callers.release();
		}
	}

}
