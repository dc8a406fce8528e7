package io.reprise.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.reprise.ActivityContext;
import io.reprise.ActivityInfo;
import io.reprise.CanceledFailure;
import io.reprise.ErrorCode;
import io.reprise.TimeoutType;
import io.reprise.WorkflowException;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * One attempt: what its code sees of it, and the times it must keep. Whoever settles it
 * first, its code or a time-out, reports its outcome.
 */
final class RunningActivity implements ActivityContext {

	/** Heartbeats are handed on at most this often where no time-out asks for more. */
	private static final Duration DEFAULT_HEARTBEAT_INTERVAL = Duration.ofSeconds(30);

	private static final Duration LONGEST_HEARTBEAT_INTERVAL = Duration.ofSeconds(60);

	private final ActivityTask task;

	private final PayloadConverter converter;

	private final Reports reports;

	private final AtomicReference<Settler> settler = new AtomicReference<>(Settler.NOBODY);

	private volatile boolean cancelled;

	private volatile @Nullable Payload heartbeatDetails;

	private volatile long lastHeartbeatNanos;

	private volatile @Nullable Instant deadline;

	/** While the store is away, heartbeats must not queue up. */
	private final AtomicBoolean reporting = new AtomicBoolean();

	private boolean heartbeatReported;

	private long lastReportNanos;

	RunningActivity(ActivityTask task, PayloadConverter converter, Reports reports) {
		this.task = task;
		this.converter = converter;
		this.reports = reports;
		this.heartbeatDetails = task.lastHeartbeat();
	}

	ActivityTask task() {
		return task;
	}

	/**
	 * The attempt begins.
	 * @param nanos the time, on the ticker
	 * @param timesOutAt when it times out, by the worker's wall clock
	 */
	void begin(long nanos, Instant timesOutAt) {
		lastHeartbeatNanos = nanos;
		deadline = timesOutAt;
	}

	/**
	 * Takes the right to report the outcome.
	 * @param who who wants it
	 * @return whether the caller has it
	 */
	boolean settle(Settler who) {
		return settler.compareAndSet(Settler.NOBODY, who);
	}

	boolean isSettled() {
		return settler.get() != Settler.NOBODY;
	}

	/**
	 * Whether a time-out has settled it, and gives its slot to others.
	 * @return {@code true} if so
	 */
	boolean hasTimedOut() {
		return settler.get() == Settler.TIME_OUT;
	}

	void cancel() {
		cancelled = true;
	}

	long lastHeartbeatNanos() {
		return lastHeartbeatNanos;
	}

	@Nullable Payload heartbeatDetails() {
		return heartbeatDetails;
	}

	@Override
	public ActivityInfo info() {
		return new ActivityInfo(task.key().namespace(), task.key().workflowId(), task.key().runId(),
				task.workflowType(), task.activityId(), task.activityType(), task.attempt(), task.scheduledAt(),
				deadline);
	}

	@Override
	public void heartbeat(@Nullable Object details) {
		if (isCancelled()) {
			throw new CanceledFailure(
					"Expected somebody to wait for activity %s (%d) of %s, but nobody does: it was cancelled, timed out, or its workflow has closed"
						.formatted(task.activityType(), task.activityId(), task.key()));
		}
		long now = reports.nanos();
		lastHeartbeatNanos = now;
		if (details == null) {
			return;
		}
		Payload payload = converter.toPayload(details);
		if (payload.size() > reports.largestPayload()) {
			throw new WorkflowException(ErrorCode.PAYLOAD_TOO_LARGE,
					"Expected heartbeat details of at most %d bytes, but they have %d. Tell how far the activity has come, not what it found"
						.formatted(reports.largestPayload(), payload.size()));
		}
		heartbeatDetails = payload;
		if ((!heartbeatReported || now - lastReportNanos >= reportInterval().toNanos())
				&& reporting.compareAndSet(false, true)) {
			heartbeatReported = true;
			lastReportNanos = now;
			reports.heartbeat(this, payload);
		}
	}

	/**
	 * The last heartbeat that was handed on has been answered.
	 */
	void heartbeatAnswered() {
		reporting.set(false);
	}

	private Duration reportInterval() {
		Duration timeout = task.policy().heartbeat();
		Duration interval = (timeout != null) ? timeout.multipliedBy(4).dividedBy(5) : DEFAULT_HEARTBEAT_INTERVAL;
		return (interval.compareTo(LONGEST_HEARTBEAT_INTERVAL) < 0) ? interval : LONGEST_HEARTBEAT_INTERVAL;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T lastHeartbeat(Class<T> type) {
		Payload last = task.lastHeartbeat();
		return (last != null) ? (T) converter.fromPayload(last, type) : null;
	}

	@Override
	public boolean isCancelled() {
		return cancelled || isSettled();
	}

	static String describe(TimeoutType type, ActivityTask task) {
		return describe(type, task.activityId(), task.activityType(), task.attempt(), task.policy());
	}

	static String describe(TimeoutType type, int activityId, String activityType, int attempt, ActivityPolicy policy) {
		return switch (type) {
			case START_TO_CLOSE -> "Expected attempt %d of activity %s (%d) to end within %s, but it did not"
				.formatted(attempt, activityType, activityId, policy.startToClose());
			case HEARTBEAT -> "Expected a heartbeat of attempt %d of activity %s (%d) every %s, but there was none"
				.formatted(attempt, activityType, activityId, policy.heartbeat());
			case SCHEDULE_TO_START -> "Expected attempt %d of activity %s (%d) to begin within %s, but it did not"
				.formatted(attempt, activityType, activityId, policy.scheduleToStart());
			case SCHEDULE_TO_CLOSE -> "Expected activity %s (%d) to end within %s, but it did not, at attempt %d"
				.formatted(activityType, activityId, policy.scheduleToClose(), attempt);
		};
	}

	/** Who reports the outcome. */
	enum Settler {

		NOBODY, CODE, TIME_OUT

	}

	/**
	 * Where an attempt reports to.
	 */
	interface Reports {

		long nanos();

		int largestPayload();

		void heartbeat(RunningActivity activity, Payload details);

	}

}
