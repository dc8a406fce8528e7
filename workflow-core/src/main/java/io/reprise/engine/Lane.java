package io.reprise.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import io.reprise.spi.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Decides and commits the commands of its workflows, one batch after the other.
 * <p>
 * Whoever submits to an idle lane becomes its leader and commits in its own thread, which
 * spares two hops to another thread. Commands that arrive meanwhile wait and form the
 * next batch: that is the group commit. A leader whose own command is answered hands the
 * rest to the executor. Stores that may only be touched by certain threads have a lane
 * that never leads in the caller's.
 */
final class Lane {

	private final ConcurrentLinkedDeque<Submission> queue = new ConcurrentLinkedDeque<>();

	private final ReentrantLock leadership = new ReentrantLock();

	private final AtomicBoolean handedOver = new AtomicBoolean();

	private final BatchProcessor processor;

	private final Executor executor;

	private final boolean callerLeads;

	private final int maximumBatch;

	private final Ticker ticker;

	private volatile boolean suspended;

	private volatile @Nullable RuntimeException closure;

	Lane(BatchProcessor processor, Executor executor, boolean callerLeads, int maximumBatch, Ticker ticker) {
		this.processor = processor;
		this.executor = executor;
		this.callerLeads = callerLeads;
		this.maximumBatch = maximumBatch;
		this.ticker = ticker;
	}

	void submit(Submission submission) {
		queue.add(submission);
		if (closure != null) {
			failAll();
		}
		else if (callerLeads) {
			leadUninterrupted(submission);
		}
		else {
			handOver();
		}
	}

	boolean isIdle() {
		return queue.isEmpty() && !leadership.isLocked() && !handedOver.get();
	}

	/**
	 * Answers all that waits, and all that is still to come, with an error. A batch under
	 * way ends as it will.
	 * @param failure the error
	 */
	void close(RuntimeException failure) {
		closure = failure;
		failAll();
	}

	private void failAll() {
		RuntimeException failure = Objects.requireNonNull(closure);
		for (Submission next = queue.poll(); next != null; next = queue.poll()) {
			next.answer().completeExceptionally(failure);
		}
	}

	/**
	 * An interrupt is for what the caller does: the commits of others must not fail by
	 * it, as they would on a virtual thread, whose sockets it closes.
	 */
	private void leadUninterrupted(Submission own) {
		boolean interrupted = Thread.interrupted();
		try {
			lead(own);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	// No command is left behind: a thread that fails to become leader has added its
	// command
	// before, and the leader looks at the queue again after it has given the leadership
	// up.
	private void lead(Submission own) {
		while (!queue.isEmpty() && !suspended) {
			if (own.answer().isDone()) {
				handOver();
				return;
			}
			if (!leadership.tryLock()) {
				return;
			}
			try {
				processOneBatch();
			}
			finally {
				leadership.unlock();
			}
		}
	}

	private void handOver() {
		if (closure != null) {
			failAll();
		}
		else if (!suspended && handedOver.compareAndSet(false, true)) {
			executor.execute(this::drain);
		}
	}

	private void drain() {
		leadership.lock();
		try {
			handedOver.set(false);
			while (!queue.isEmpty() && !suspended) {
				processOneBatch();
			}
		}
		finally {
			leadership.unlock();
		}
		if (!queue.isEmpty()) {
			handOver();
		}
	}

	private void processOneBatch() {
		List<Submission> batch = new ArrayList<>();
		for (Submission next = queue.poll(); next != null; next = queue.poll()) {
			batch.add(next);
			if (batch.size() == maximumBatch) {
				break;
			}
		}
		if (batch.isEmpty()) {
			return;
		}
		Duration pause = process(batch);
		if (closure != null) {
			// What was put back after the lane was closed
			failAll();
		}
		else if (pause.isPositive()) {
			suspended = true;
			ticker.schedule(pause, this::resume);
		}
	}

	/** Whatever happens, nobody waits for ever for an answer. */
	private Duration process(List<Submission> batch) {
		try {
			return processor.process(batch, queue);
		}
		catch (RuntimeException | Error ex) {
			batch.forEach((submission) -> submission.answer().completeExceptionally(ex));
			throw ex;
		}
	}

	private void resume() {
		suspended = false;
		handOver();
	}

}
