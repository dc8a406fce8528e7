package io.reprise.worker;

import java.time.Duration;
import java.time.Instant;

import io.reprise.ErrorCode;
import io.reprise.TimeoutType;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Failure;
import io.reprise.protocol.Payload;
import io.reprise.replay.LocalCall;
import io.reprise.replay.LocalOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local activity and its attempts. Belongs to the thread that drives the workflow,
 * other than {@link Attempt#run()}.
 */
final class LocalRun {

	private static final Logger logger = LoggerFactory.getLogger(LocalRun.class);

	private final LocalRuns runs;

	private final LocalCall call;

	/** When all attempts must be over, or {@code null}. */
	private final @Nullable Instant deadline;

	private int attempt;

	private @Nullable Failure lastFailure;

	private @Nullable Attempt current;

	private @Nullable LocalOutcome known;

	/** When the next attempt is due, on the clock of {@link LocalRuns#elapsed()}. */
	private long retryAt;

	LocalRun(LocalRuns runs, LocalCall call) {
		this.runs = runs;
		this.call = call;
		attempt = call.attempt();
		lastFailure = call.lastFailure();
		Duration limit = call.policy().scheduleToClose();
		deadline = (limit != null) ? call.scheduledAt().plus(limit) : null;
	}

	LocalCall call() {
		return call;
	}

	ActivityPolicy policy() {
		return call.policy();
	}

	int attempt() {
		return attempt;
	}

	@Nullable Instant deadline() {
		return deadline;
	}

	/**
	 * Its outcome is known already, from a turn that came to nothing.
	 */
	void know(LocalOutcome outcome) {
		known = outcome;
	}

	@Nullable LocalOutcome known() {
		return known;
	}

	Failure.Timeout timeout(TimeoutType type) {
		Attempt running = current;
		return new Failure.Timeout(type,
				RunningActivity.describe(type, call.activityId(), call.activityType(), attempt, call.policy()),
				(running != null) ? running.activity.heartbeatDetails() : null, null);
	}

	/**
	 * What is recorded of the last failure: of a time-out, what the attempt before failed
	 * with.
	 */
	Failure withCause(Failure failure) {
		return (failure instanceof Failure.Timeout timeout && timeout.cause() == null)
				? new Failure.Timeout(timeout.timeoutType(), timeout.message(), timeout.lastHeartbeat(), lastFailure)
				: failure;
	}

	static Failure tooLarge(Payload value, int limit) {
		return new Failure.Application("PayloadTooLarge",
				"[%s] Expected an activity result of at most %d bytes, but it has %d. Return a reference to the data instead"
					.formatted(ErrorCode.PAYLOAD_TOO_LARGE, limit, value.size()),
				null, true, null, null, null);
	}

	/**
	 * Begins the next attempt.
	 */
	void launch(LocalServices services, ExecutionKey key, String workflowType, String taskQueue) {
		Attempt before = current;
		ActivityTask task = new ActivityTask(key, workflowType, taskQueue, call.activityId(), call.activityType(),
				call.arguments(), call.policy(), attempt, call.scheduledAt(),
				(before != null) ? before.activity.heartbeatDetails() : null);
		Attempt next = new Attempt(new RunningActivity(task, services.converter(), services), services);
		next.launchedAt = runs.elapsed();
		current = next;
		services.launch(next);
	}

	void retry(Failure failure, long due) {
		attempt++;
		lastFailure = failure;
		retryAt = due;
	}

	/**
	 * Whether an attempt has been launched that has not been concluded.
	 */
	boolean isCurrent(Attempt other) {
		return current == other;
	}

	/**
	 * When this has to be looked at again.
	 */
	long checkAt() {
		if (retryAt != 0) {
			return retryAt;
		}
		Attempt running = current;
		long begun = (running != null) ? running.begunAt : 0;
		long limit = ((begun != 0) ? begun : runs.elapsed()) + nanos(policy().startToClose());
		Duration queueing = policy().scheduleToStart();
		if (running != null && begun == 0 && queueing != null) {
			limit = Math.min(limit, running.launchedAt + nanos(queueing));
		}
		return (deadline != null) ? Math.min(limit, runs.elapsedAt(deadline)) : limit;
	}

	/**
	 * The time that has run out, if one has.
	 * @param now the time
	 * @return which, or {@code null}
	 */
	@Nullable TimeoutType timedOut(long now) {
		if (deadline != null && now >= runs.elapsedAt(deadline)) {
			return TimeoutType.SCHEDULE_TO_CLOSE;
		}
		Attempt running = current;
		if (running == null || retryAt != 0) {
			return null;
		}
		Duration queueing = policy().scheduleToStart();
		if (running.begunAt != 0) {
			return (now - running.begunAt >= nanos(policy().startToClose())) ? TimeoutType.START_TO_CLOSE : null;
		}
		return (queueing != null && now - running.launchedAt >= nanos(queueing)) ? TimeoutType.SCHEDULE_TO_START : null;
	}

	boolean isRetryDue(long now) {
		return retryAt != 0 && now >= retryAt;
	}

	void retryBegins() {
		retryAt = 0;
	}

	/**
	 * Takes the right to say how the attempt under way ended. Its thread may never end:
	 * its slot goes to others.
	 * @return whether the caller has it
	 */
	boolean giveUp() {
		Attempt running = current;
		if (running == null || retryAt != 0) {
			return true;
		}
		return running.giveUp();
	}

	/**
	 * Nobody waits for it any more.
	 */
	void cancel() {
		Attempt running = current;
		if (running != null) {
			running.activity.cancel();
		}
	}

	private static long nanos(Duration duration) {
		return LocalRuns.nanos(duration);
	}

	/**
	 * One attempt on its way through a slot.
	 */
	final class Attempt implements SlotPool.Releasable {

		private final RunningActivity activity;

		private final LocalServices services;

		private volatile long launchedAt;

		private volatile long begunAt;

		private volatile ActivityCode.@Nullable Result result;

		Attempt(RunningActivity activity, LocalServices services) {
			this.activity = activity;
			this.services = services;
		}

		LocalRun owner() {
			return LocalRun.this;
		}

		ActivityCode.@Nullable Result result() {
			return result;
		}

		@Override
		public boolean hasReleasedSlot() {
			return activity.hasTimedOut();
		}

		@Override
		public void run() {
			ActivityTask task = activity.task();
			try (TaskMdc mdc = TaskMdc.of(task)) {
				if (activity.isCancelled()) {
					return;
				}
				activity.begin(services.nanos(), services.wallClock().instant().plus(task.policy().startToClose()));
				begunAt = Math.max(1, runs.elapsed());
				ActivityCode.Result ended = services.code().run(activity);
				if (activity.settle(RunningActivity.Settler.CODE)) {
					result = ended;
					runs.ended(this);
				}
				else {
					logger.info("Attempt {} of local activity {} ended after its time-out; its outcome is not used",
							task.attempt(), task.activityType());
				}
			}
		}

		private boolean giveUp() {
			// One that has not begun has no slot to give away
			boolean begun = begunAt != 0;
			if (!activity.settle(begun ? RunningActivity.Settler.TIME_OUT : RunningActivity.Settler.CODE)) {
				return false;
			}
			if (begun) {
				services.slots().releaseSlot();
			}
			return true;
		}

	}

}
