package io.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.reprise.ErrorCode;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowDescription;
import io.reprise.WorkflowException;
import io.reprise.WorkflowRef;
import org.jspecify.annotations.Nullable;

/**
 * The time of a test: stands still until the test moves it, or waits for the result of a
 * workflow.
 * <p>
 * Whoever moves it lets everything happen in between that is due, and all that follows
 * from it, in order. "Nothing is left to do" means that no workflow and no activity runs;
 * time does not pass while one does. An activity that is under way for two seconds of the
 * machine's time is taken for one that hangs: then {@link #advance} goes on without it,
 * so that its time-outs can be tested. While the store fails because a test made it, time
 * passes by itself from retry to retry.
 * <p>
 * Safe for use by many threads.
 */
public final class TestTime {

	/** No workflow sleeps longer; what the engine has put off for ever is beyond. */
	private static final Duration HORIZON = Duration.ofDays(100_000);

	private static final Duration HANGING = Duration.ofSeconds(2);

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

	/** More is nobody's intention, but the default, which is to retry for ever. */
	private static final int MOST_ATTEMPTS = 1_000;

	private static final long POLL_NANOS = 200_000;

	private static final long RETRY_NANOS = 5_000_000;

	private final ReentrantLock moving = new ReentrantLock();

	private final AtomicBoolean lettingRetriesBegin = new AtomicBoolean();

	private final VirtualClock clock;

	private final InMemoryHistoryStore store;

	private final BooleanSupplier idle;

	TestTime(VirtualClock clock, InMemoryHistoryStore store, BooleanSupplier idle) {
		this.clock = clock;
		this.store = store;
		this.idle = idle;
		store.onFailure(this::letRetriesBegin);
	}

	/**
	 * What time it is in workflows, activities and the engine.
	 * @return the time
	 */
	public Instant now() {
		return clock.instant();
	}

	/**
	 * Lets time pass. Returns when nothing is left to do.
	 * @param duration how much
	 * @throws WorkflowException with {@code INVALID_ARGUMENT} if it is negative
	 */
	public void advance(Duration duration) {
		if (duration.isNegative()) {
			throw new WorkflowException(ErrorCode.INVALID_ARGUMENT,
					"Expected a duration of zero or more to advance time by, but found " + duration);
		}
		moving.lock();
		try {
			settle();
			Instant target = now().plus(duration);
			while (clock.nextDue().filter(due -> !due.isAfter(target)).isPresent()) {
				clock.advanceToNextDue();
				settle();
			}
			clock.advance(Duration.between(now(), target));
			settle();
		}
		finally {
			moving.unlock();
		}
	}

	/**
	 * Lets time pass until a point in time. Returns when nothing is left to do.
	 * @param time the time; nothing happens if it has passed
	 */
	public void advanceTo(Instant time) {
		Duration duration = Duration.between(now(), time);
		advance(duration.isNegative() ? Duration.ZERO : duration);
	}

	/**
	 * Waits until nothing is left to do without time passing, or an activity hangs.
	 */
	public void settle() {
		long start = System.nanoTime();
		while (!isIdle() && System.nanoTime() - start < HANGING.toNanos()) {
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

	/**
	 * Waits for the result of a workflow, skipping time.
	 * @param client names the runs that follow
	 * @param workflow the workflow
	 * @param result waits for its result
	 * @param bounded whether that ends by itself if there is never a result
	 * @return the result
	 */
	<R extends @Nullable Object> R await(WorkflowClient client, WorkflowRef workflow, Supplier<R> result,
			boolean bounded) {
		CompletableFuture<R> answer = new CompletableFuture<>();
		Thread waiter = Thread.ofVirtual().name("workflow-test-waiter").start(() -> {
			try {
				answer.complete(result.get());
			}
			catch (Throwable ex) {
				answer.completeExceptionally(ex);
			}
		});
		try {
			Chain chain = new Chain(client, workflow);
			long idleSince = System.nanoTime();
			while (!isDone(answer)) {
				if (skip(chain)) {
					idleSince = System.nanoTime();
				}
				else if (!bounded && System.nanoTime() - idleSince > PATIENCE.toNanos()) {
					throw new AssertionError(
							"Expected workflow '%s' to end, but it waits, and no timer or retry is due: "
								.formatted(workflow.workflowId())
									+ "send what it waits for before the result is asked for, or from another thread");
				}
			}
			return result(answer);
		}
		finally {
			waiter.interrupt();
		}
	}

	/**
	 * Skips to what is due next, if nothing is left to do.
	 * @return whether something happens still
	 */
	private boolean skip(Chain workflow) {
		moving.lock();
		try {
			if (!isIdle()) {
				return true;
			}
			WorkflowDescription description = workflow.describe();
			if (description == null || description.status().isClosed()) {
				return true;
			}
			failIfStalled(description);
			failIfRetriedForEver(description);
			Instant end = now().plus(HORIZON);
			return clock.nextDue().filter(due -> due.isBefore(end)).isPresent() && clock.advanceToNextDue();
		}
		finally {
			moving.unlock();
		}
	}

	private static void failIfStalled(WorkflowDescription description) {
		WorkflowDescription.Stall stall = description.stall();
		if (stall != null) {
			throw new AssertionError("Expected workflow '%s' (run %s) to go on, but a bug stalls it [%s]: %s"
				.formatted(description.workflowId(), description.runId(), stall.code(), stall.message()));
		}
	}

	private static void failIfRetriedForEver(WorkflowDescription description) {
		for (WorkflowDescription.PendingActivity activity : description.pendingActivities()) {
			if (activity.attempt() > MOST_ATTEMPTS) {
				throw new AssertionError(
						"Expected activity %s of workflow '%s' to succeed or to be given up, but %d attempts have failed, the last with: %s. Let it succeed, or limit its attempts: @ActivityOptions(maximumAttempts = 3)"
							.formatted(activity.activityType(), description.workflowId(), MOST_ATTEMPTS,
									activity.lastFailure()));
			}
		}
	}

	/**
	 * Whoever waits for a store that fails waits for a retry, not for the test. So time
	 * passes from retry to retry as long as the store fails.
	 */
	private void letRetriesBegin() {
		if (!lettingRetriesBegin.compareAndSet(false, true)) {
			return;
		}
		Thread.ofVirtual().name("workflow-test-retries").start(() -> {
			try {
				long start = System.nanoTime();
				while (System.nanoTime() - start < PATIENCE.toNanos()) {
					LockSupport.parkNanos(RETRY_NANOS);
					if (!store.isFailing()) {
						return;
					}
					Instant end = now().plus(LONGEST_RETRY);
					if (clock.nextDue().filter(due -> due.isBefore(end)).isPresent()) {
						clock.advanceToNextDue();
					}
				}
			}
			finally {
				lettingRetriesBegin.set(false);
			}
		});
	}

	/**
	 * Looks twice: work may go from the engine to the worker, or back, while they are
	 * looked at one after the other.
	 */
	private boolean isIdle() {
		for (int look = 0; look < 2; look++) {
			if (!idle.getAsBoolean()) {
				return false;
			}
			Thread.yield();
		}
		return true;
	}

	private static <R extends @Nullable Object> R result(CompletableFuture<R> answer) {
		try {
			return answer.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw ex;
		}
	}

	private static boolean isDone(CompletableFuture<?> answer) {
		try {
			answer.get(POLL_NANOS, TimeUnit.NANOSECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (ExecutionException | CancellationException ex) {
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Expected the test to wait for a workflow, but its thread was interrupted", ex);
		}
	}

	/**
	 * A workflow whose result may be that of another run, which follows the one at hand.
	 */
	private static final class Chain {

		private final WorkflowClient client;

		private WorkflowRef run;

		Chain(WorkflowClient client, WorkflowRef run) {
			this.client = client;
			this.run = run;
		}

		/**
		 * Describes the last run.
		 * @return the description, {@code null} if it cannot be found; whoever waits for
		 * it learns why
		 */
		@Nullable WorkflowDescription describe() {
			try {
				WorkflowDescription description = run.describe();
				while (description.status().isClosed()) {
					Object next = run.history().getLast().attributes().get("nextRunId");
					if (next == null) {
						return description;
					}
					run = client.handle(run.workflowId(), next.toString());
					description = run.describe();
				}
				return description;
			}
			catch (WorkflowException ex) {
				return null;
			}
		}

	}

}
