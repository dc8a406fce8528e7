package io.reprise.worker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

import io.reprise.TimeoutType;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Failure;
import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadConverter;
import io.reprise.spi.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs attempts of activities and keeps their times.
 */
final class ActivityRunner implements RunningActivity.Reports {

	private static final Logger logger = LoggerFactory.getLogger(ActivityRunner.class);

	private final ActivityCode code;

	private final PayloadConverter converter;

	private final Ticker ticker;

	private final InstantSource wallClock;

	private final int largestPayload;

	private final SlotPool slots;

	private final Function<Command, CompletableFuture<CommandResult>> gate;

	private final Admission admission;

	private final Map<AttemptKey, Attempt> attempts = new ConcurrentHashMap<>();

	/** Attempts that came to a slot while none might begin. */
	private final Queue<Attempt> suspended = new ConcurrentLinkedQueue<>();

	ActivityRunner(ActivityCode code, PayloadConverter converter, Ticker ticker, InstantSource wallClock,
			int largestPayload, SlotPool slots, Function<Command, CompletableFuture<CommandResult>> gate) {
		this.code = code;
		this.converter = converter;
		this.ticker = ticker;
		this.wallClock = wallClock;
		this.largestPayload = largestPayload;
		this.slots = slots;
		this.gate = gate;
		this.admission = new Admission(ticker);
	}

	/**
	 * Runs an attempt when a slot is free. One that is known already is not run twice.
	 * @param task the attempt
	 */
	void run(ActivityTask task) {
		AttemptKey key = new AttemptKey(task.key().runId(), task.activityId(), task.attempt());
		Attempt attempt = new Attempt(key, new RunningActivity(task, converter, this));
		if (attempts.putIfAbsent(key, attempt) == null) {
			slots.execute(attempt);
		}
	}

	/**
	 * Takes back attempts that have not begun, all or none.
	 * @param run their run
	 * @param current the attempt of each activity
	 * @return {@code false} if one has begun and not ended
	 */
	boolean withdraw(ExecutionKey run, Map<Integer, Integer> current) {
		List<Attempt> known = current.entrySet()
			.stream()
			.flatMap((each) -> Stream
				.ofNullable(attempts.get(new AttemptKey(run.runId(), each.getKey(), each.getValue()))))
			.toList();
		if (known.stream().anyMatch(Attempt::hasBegun)) {
			return false;
		}
		List<Attempt> withdrawn = new ArrayList<>();
		for (Attempt attempt : known) {
			if (!attempt.withdraw()) {
				// It began just now, so they all stay
				withdrawn.forEach((each) -> run(each.activity.task()));
				return false;
			}
			withdrawn.add(attempt);
		}
		admission.letGo(run.runId());
		return true;
	}

	/**
	 * Begins no attempts from here on, except of runs that have one under way.
	 * @param until when the last may begin, on the ticker
	 */
	void drain(long until) {
		admission.drain(until);
		attempts.values().stream().filter(Attempt::hasBegun).forEach((attempt) -> admission.keep(attempt.key.runId()));
	}

	/** Begins none until {@link #resume}. */
	void suspend() {
		admission.suspend(true);
	}

	void resume() {
		admission.suspend(false);
		for (Attempt next = suspended.poll(); next != null; next = suspended.poll()) {
			slots.execute(next);
		}
	}

	/** Drops attempts that have not begun. */
	void dropWaiting() {
		attempts.values().forEach(Attempt::withdraw);
	}

	/** Begins none at all from here on. */
	void close() {
		admission.close();
	}

	/**
	 * Nobody waits for an activity any more: it learns of it at its next heartbeat.
	 * @param run the run
	 * @param activityId the activity
	 */
	void cancel(ExecutionKey run, int activityId) {
		attempts.forEach((key, attempt) -> {
			if (key.activityId == activityId && key.runId.equals(run.runId())) {
				attempt.activity.cancel();
			}
		});
	}

	@Override
	public int largestPayload() {
		return largestPayload;
	}

	@Override
	public long nanos() {
		return ticker.nanos();
	}

	@Override
	public void heartbeat(RunningActivity activity, Payload details) {
		ActivityTask task = activity.task();
		gate.apply(new Command.RecordHeartbeat(task.key(), task.activityId(), task.attempt(), details))
			.whenComplete((result, failure) -> {
				activity.heartbeatAnswered();
				if (result instanceof CommandResult.Stale) {
					activity.cancel();
				}
			});
	}

	/**
	 * One attempt on its way through a slot.
	 */
	private final class Attempt implements SlotPool.Releasable {

		private final AttemptKey key;

		private final RunningActivity activity;

		private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);

		/** Whether an outcome is known that the engine has not taken. */
		private volatile boolean owesReport;

		private Ticker.@Nullable Scheduled startToClose;

		private Ticker.@Nullable Scheduled heartbeatCheck;

		Attempt(AttemptKey key, RunningActivity activity) {
			this.key = key;
			this.activity = activity;
		}

		@Override
		public boolean hasReleasedSlot() {
			return activity.hasTimedOut();
		}

		boolean hasBegun() {
			return phase.get() == Phase.BEGUN;
		}

		/** It will not run, unless it has begun. */
		boolean withdraw() {
			boolean withdrawn = phase.compareAndSet(Phase.WAITING, Phase.WITHDRAWN);
			if (withdrawn) {
				attempts.remove(key, this);
			}
			return withdrawn;
		}

		private boolean mayBegin() {
			return phase.compareAndSet(Phase.WAITING, Phase.BEGUN) && !activity.isCancelled()
					&& admission.admits(key.runId());
		}

		private boolean isSuspended() {
			if (!admission.isSuspended()) {
				return false;
			}
			suspended.add(this);
			if (!admission.isSuspended()) {
				resume();
			}
			return true;
		}

		@Override
		public void run() {
			if (isSuspended()) {
				return;
			}
			ActivityTask task = activity.task();
			boolean timedOut = false;
			try (TaskMdc mdc = TaskMdc.of(task)) {
				if (!mayBegin()) {
					return;
				}
				begin(task);
				Command outcome = perform(task);
				stopTimers();
				if (activity.settle(RunningActivity.Settler.CODE)) {
					report(outcome);
				}
				else {
					timedOut = true;
					logger.info("Attempt {} of activity {} ended after its time-out; its outcome is not used",
							task.attempt(), task.activityType());
				}
			}
			finally {
				// Otherwise it is known until its time-out is recorded
				if (!timedOut) {
					forget();
				}
			}
		}

		private void begin(ActivityTask task) {
			Duration timeout = task.policy().startToClose();
			activity.begin(ticker.nanos(), wallClock.instant().plus(timeout));
			if (task.policy().scheduleToStart() != null) {
				gate.apply(new Command.StartActivity(task.key(), task.activityId(), task.attempt()));
			}
			startToClose = ticker.schedule(timeout, () -> timeOut(TimeoutType.START_TO_CLOSE));
			Duration heartbeat = task.policy().heartbeat();
			if (heartbeat != null) {
				heartbeatCheck = ticker.schedule(heartbeat, () -> checkHeartbeat(heartbeat));
			}
		}

		private void stopTimers() {
			Ticker.Scheduled timer = startToClose;
			if (timer != null) {
				timer.cancel();
			}
			Ticker.Scheduled check = heartbeatCheck;
			if (check != null) {
				check.cancel();
			}
		}

		private Command perform(ActivityTask task) {
			return switch (code.run(activity)) {
				case ActivityCode.Result.Succeeded succeeded ->
					new Command.CompleteActivity(task.key(), task.activityId(), task.attempt(), succeeded.value());
				case ActivityCode.Result.Failed failed -> new Command.FailActivity(task.key(), task.activityId(),
						task.attempt(), failed.failure(), activity.heartbeatDetails());
			};
		}

		private void checkHeartbeat(Duration timeout) {
			if (activity.isSettled()) {
				return;
			}
			Duration silent = Duration.ofNanos(ticker.nanos() - activity.lastHeartbeatNanos());
			if (silent.compareTo(timeout) >= 0) {
				timeOut(TimeoutType.HEARTBEAT);
			}
			else {
				heartbeatCheck = ticker.schedule(timeout.minus(silent), () -> checkHeartbeat(timeout));
			}
		}

		/**
		 * The attempt's thread may never end: its slot goes to others, and what it still
		 * says is not heard. On the ticker, so the report goes to a thread that may wait;
		 * a punctual one, as it may be this very code that holds up virtual threads.
		 */
		private void timeOut(TimeoutType type) {
			if (!activity.settle(RunningActivity.Settler.TIME_OUT)) {
				return;
			}
			ActivityTask task = activity.task();
			Failure failure = new Failure.Timeout(type, RunningActivity.describe(type, task),
					activity.heartbeatDetails(), null);
			Objects.requireNonNull(ticker.punctualThreads().newThread(() -> {
				report(new Command.FailActivity(task.key(), task.activityId(), task.attempt(), failure,
						activity.heartbeatDetails()));
				forget();
				slots.releaseSlot();
			})).start();
		}

		private void report(Command outcome) {
			try {
				gate.apply(outcome).join();
				owesReport = false;
			}
			catch (RuntimeException ex) {
				owesReport = Refusals.isRefused(ex);
				if (owesReport) {
					reportInstead(outcome, Refusals.cause(ex));
				}
				else {
					logger.warn(
							"Expected the outcome of activity {} to be recorded, but it was not: {}. The activity runs "
									+ "again when its workflow goes on",
							activity.task().activityType(), ex.getMessage());
				}
			}
		}

		/** The attempt counts as running until something is said of it. */
		private void reportInstead(Command outcome, Throwable refusal) {
			ActivityTask task = activity.task();
			Command instead = new Command.FailActivity(task.key(), task.activityId(), task.attempt(), refused(refusal),
					null);
			if (outcome instanceof Command.CompleteActivity) {
				report(instead);
				return;
			}
			logger.error(
					"Expected the failure of activity {} of {} to be recorded, but it was refused: {}. It is "
							+ "tried again every {}",
					task.activityType(), task.key(), refusal.getMessage(), Refusals.PAUSE);
			ticker.schedule(Refusals.PAUSE, () -> Thread.ofVirtual().name("workflow-report").start(() -> {
				report(instead);
				forget();
			}));
		}

		private void forget() {
			if (!owesReport) {
				attempts.remove(key, this);
			}
		}

	}

	private static Failure refused(Throwable refusal) {
		return new Failure.Application("OutcomeRefused",
				"Expected the outcome of the attempt to be recorded, but it was refused: " + refusal, null, false, null,
				null, null);
	}

	private enum Phase {

		WAITING, BEGUN, WITHDRAWN

	}

	private record AttemptKey(String runId, int activityId, int attempt) {

	}

}
