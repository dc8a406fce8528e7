package io.reprise.benchmarks;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Clients that each make a call, wait for it to end, and make the next. They warm up
 * first; what is measured is a window of their work, so that neither beginning nor end
 * counts. A single client is a platform thread, like a thread that serves a request; many
 * are virtual ones.
 */
final class ClosedLoop {

	private static final int WARM_UP_SLICES = 5;

	/** Warming up takes at most so many times longer. */
	private static final int WARM_UP_LIMIT = 4;

	/** The compiler's clock says nothing about less. */
	private static final int SHORTEST_SLICE_MILLIS = 100;

	/** How much of one core the compiler may still take when warming up ends. */
	private static final double COMPILER_SHARE = 0.1;

	private static final AtomicLong ids = new AtomicLong();

	private final SystemUnderTest system;

	private final Cell cell;

	private final Database database;

	private final Recorder recorder = new Recorder(3);

	private volatile boolean stopped;

	ClosedLoop(SystemUnderTest system, Cell cell, Database database) {
		this.system = system;
		this.cell = cell;
		this.database = database;
	}

	/** A workflow id that was not used before. */
	static String nextId(Cell cell) {
		return "%s-%d".formatted(cell.name(), ids.incrementAndGet());
	}

	/**
	 * Runs it.
	 * @param warmUp time that is not measured
	 * @param measured time that is
	 * @param profile what watches the measured time
	 * @return what was measured
	 * @throws Exception if a call fails
	 */
	Measurement run(Duration warmUp, Duration measured, Profile profile) throws Exception {
		try (ExecutorService executor = executor()) {
			List<Future<?>> clients = new ArrayList<>();
			for (int i = 0; i < cell.clients(); i++) {
				clients.add(executor.submit(this::loop));
			}
			try {
				warmUp(warmUp, clients.getFirst());
				profile.start(database);
				Usage before = Usage.now(database, system.processes());
				recorder.reset();
				long began = System.nanoTime();
				pass(measured, clients.getFirst());
				Histogram latencies = recorder.getIntervalHistogram();
				double seconds = (System.nanoTime() - began) / 1e9;
				Usage used = Usage.now(database, system.processes()).since(before);
				profile.stop();
				return new Measurement(latencies, seconds, used);
			}
			finally {
				stopped = true;
				for (Future<?> client : clients) {
					client.get();
				}
			}
		}
	}

	/**
	 * Lasts longer where the compiler is still busy, which would take part in the
	 * measurement otherwise.
	 */
	private static void warmUp(Duration time, Future<?> client) throws InterruptedException, ExecutionException {
		CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
		pass(time, client);
		Duration slice = time.dividedBy(WARM_UP_SLICES);
		for (int i = 0; i < WARM_UP_LIMIT * WARM_UP_SLICES && slice.toMillis() >= SHORTEST_SLICE_MILLIS; i++) {
			long before = compiler.getTotalCompilationTime();
			pass(slice, client);
			if (compiler.getTotalCompilationTime() - before < slice.toMillis() * COMPILER_SHARE) {
				return;
			}
		}
	}

	private ExecutorService executor() {
		return (cell.clients() == 1) ? Executors.newSingleThreadExecutor()
				: Executors.newVirtualThreadPerTaskExecutor();
	}

	/** Clients only end early by failing, which the first one stands for. */
	private static void pass(Duration time, Future<?> client) throws InterruptedException, ExecutionException {
		try {
			client.get(time.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			// The time is over.
		}
	}

	private Void loop() throws Exception {
		while (!stopped) {
			String id = nextId(cell);
			long began = System.nanoTime();
			if (cell.kind() == Cell.Kind.START) {
				SystemUnderTest.Started started = system.start(id, cell.activities());
				record(began);
				started.await();
			}
			else if (cell.kind() == Cell.Kind.LOCAL) {
				system.runLocal(id, cell.activities());
				record(began);
			}
			else {
				system.run(id, cell.activities());
				record(began);
			}
		}
		return null;
	}

	private void record(long began) {
		recorder.recordValue((System.nanoTime() - began) / 1_000);
	}

}
