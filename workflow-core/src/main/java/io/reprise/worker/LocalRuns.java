package io.reprise.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.reprise.TimeoutType;
import io.reprise.WorkflowInfo;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Failure;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RetryPolicy;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.WorkflowTask;
import io.reprise.replay.LocalActivities;
import io.reprise.replay.LocalCall;
import io.reprise.replay.LocalOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The local activities of one workflow in memory. Whoever drives the workflow calls it,
 * one thread at a time; attempts report from threads of their own. See
 * {@code docs/adr/0014-local-activities-in-the-turn.md}.
 */
final class LocalRuns implements LocalActivities {

	/** A turn waits so long for its local activities, from its beginning. */
	private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

	/** A parked turn looks so often whether anything else waits for it. */
	private static final long LOOK_AROUND = Duration.ofSeconds(1).toNanos();

	private static final long NEVER = Long.MAX_VALUE / 4;

	private final LocalServices services;

	private final KeptOutcomes kept;

	private final WorkflowInfo info;

	private final ExecutionKey key;

	private final LocalWait wait;

	private final long origin;

	private final SequencedMap<Integer, LocalRun> runs = new LinkedHashMap<>(4);

	private final Queue<LocalRun.Attempt> ended = new ConcurrentLinkedQueue<>();

	private @Nullable TaskToken token;

	private Instant turnTime = Instant.EPOCH;

	private long turnBegan;

	private boolean turnWanted;

	private volatile boolean hurried;

	/** Nothing has to be looked at before; may be too early, never too late. */
	private long checkAt = NEVER;

	LocalRuns(LocalServices services, KeptOutcomes kept, WorkflowInfo info) {
		this.services = services;
		this.kept = kept;
		this.info = info;
		key = new ExecutionKey(info.namespace(), info.workflowId(), info.runId());
		wait = new LocalWait(services);
		origin = services.nanos() - 1;
		kept.renew();
	}

	/**
	 * A turn begins, or comes back.
	 * @param task its task
	 */
	void turnBegins(WorkflowTask task) {
		wait.stop();
		hurried = false;
		turnWanted = false;
		if (!task.token().equals(token)) {
			token = task.token();
			turnTime = task.time();
			turnBegan = elapsed();
			kept.turnBegins(task.token().lastMarkerId());
		}
	}

	/**
	 * The turn shall be handed in, whether or not it has anything to say.
	 */
	void wantTurn() {
		turnWanted = true;
	}

	/**
	 * The turn's decisions are durable.
	 */
	void committed() {
		wait.stopAlarm();
		kept.clear();
	}

	/**
	 * Leaves the turn alone until there is something to do.
	 * @param resume brings it back; must not block
	 */
	void park(Runnable resume) {
		long limit = Math.min(LOOK_AROUND, Math.max(0, checkAt - elapsed()));
		wait.parkTurn(limit, this::isDisturbed, resume);
	}

	/**
	 * Nobody waits for anything any more.
	 * @return what would bring back a parked turn, or {@code null} if none is parked
	 */
	@Nullable Runnable close() {
		runs.values().forEach(LocalRun::cancel);
		runs.clear();
		return wait.stop();
	}

	/**
	 * Whether anything would be lost if the workflow were removed from memory.
	 */
	boolean isUnderWay() {
		return !runs.isEmpty();
	}

	// Called by any thread

	/**
	 * Asks a turn that waits to be handed in.
	 */
	void hurry() {
		hurried = true;
		wait.signal();
	}

	void ended(LocalRun.Attempt attempt) {
		ended.add(attempt);
		wait.signal();
	}

	/**
	 * Time since this was made, positive.
	 * @return nanoseconds
	 */
	long elapsed() {
		return services.nanos() - origin;
	}

	// Called by the machine

	@Override
	public void start(LocalCall call) {
		LocalRun run = new LocalRun(this, call);
		LocalOutcome known = kept.find(call);
		if (known != null) {
			run.know(known);
			checkAt = 0;
		}
		else {
			launch(run);
		}
		runs.put(call.activityId(), run);
	}

	@Override
	public @Nullable LocalOutcome next(boolean patient) {
		while (true) {
			LocalRun.Attempt attempt = ended.poll();
			LocalOutcome outcome = null;
			if (attempt != null) {
				outcome = conclude(attempt);
			}
			else if (elapsed() >= checkAt) {
				outcome = check(elapsed());
			}
			else {
				long left = services.isDraining() ? NEVER : turnBegan + PATIENCE - elapsed();
				if (!patient || left <= 0 || isDisturbed()) {
					return null;
				}
				wait.await(Math.min(left, checkAt - elapsed()), this::isDisturbed);
			}
			if (outcome != null) {
				return outcome;
			}
		}
	}

	@Override
	public int attempt(int activityId) {
		LocalRun run = runs.get(activityId);
		return (run != null) ? run.attempt() : 0;
	}

	@Override
	public void cancel(int activityId) {
		LocalRun run = runs.remove(activityId);
		if (run != null) {
			run.cancel();
		}
	}

	@Override
	public boolean isTurnWanted() {
		return turnWanted;
	}

	private boolean isDisturbed() {
		return !ended.isEmpty() || hurried || services.isStopped();
	}

	private void launch(LocalRun run) {
		run.launch(services, key, info.workflowType(), info.taskQueue());
		checkAt = Math.min(checkAt, run.checkAt());
	}

	/**
	 * Looks what has become due.
	 */
	private @Nullable LocalOutcome check(long now) {
		checkAt = NEVER;
		for (LocalRun run : List.copyOf(runs.values())) {
			LocalOutcome known = run.known();
			if (known != null) {
				checkAt = 0;
				runs.remove(run.call().activityId());
				return again(run, known);
			}
			TimeoutType timeout = run.timedOut(now);
			if (timeout != null && run.giveUp()) {
				checkAt = 0;
				return failed(run, run.timeout(timeout));
			}
			if (run.isRetryDue(now)) {
				run.retryBegins();
				launch(run);
			}
			checkAt = Math.min(checkAt, run.checkAt());
		}
		return null;
	}

	private @Nullable LocalOutcome conclude(LocalRun.Attempt attempt) {
		LocalRun run = attempt.owner();
		if (runs.get(run.call().activityId()) != run || !run.isCurrent(attempt)) {
			return null;
		}
		return switch (attempt.result()) {
			case ActivityCode.Result.Succeeded succeeded -> succeeded(run, succeeded.value());
			case ActivityCode.Result.Failed failed -> failed(run, failed.failure());
			case null -> null;
		};
	}

	private @Nullable LocalOutcome succeeded(LocalRun run, Payload value) {
		if (value.size() > services.largestPayload()) {
			return failed(run, LocalRun.tooLarge(value, services.largestPayload()));
		}
		return finish(run, new LocalOutcome.Completed(run.call().activityId(), run.attempt(), now(), value));
	}

	/**
	 * An attempt failed.
	 * @return the outcome, or {@code null} if it is retried in place
	 */
	private @Nullable LocalOutcome failed(LocalRun run, Failure failure) {
		Instant now = now();
		Duration delay = RetryPolicy.delay(run.policy(), run.attempt(), failure);
		if (!RetryPolicy.allows(run.policy(), run.deadline(), run.attempt(), failure, later(now, delay))) {
			return finish(run,
					new LocalOutcome.Failed(run.call().activityId(), run.attempt(), now, run.withCause(failure)));
		}
		long due = elapsed() + nanos(delay);
		if (due - turnBegan > PATIENCE) {
			runs.remove(run.call().activityId());
			return new LocalOutcome.BackedOff(run.call().activityId(), run.attempt(), now, failure, delay);
		}
		run.retry(failure, due);
		checkAt = Math.min(checkAt, due);
		return null;
	}

	private LocalOutcome finish(LocalRun run, LocalOutcome outcome) {
		runs.remove(run.call().activityId());
		kept.keep(run.call(), outcome);
		return outcome;
	}

	/**
	 * An outcome that a repeated turn gets again, at its own time.
	 */
	private LocalOutcome again(LocalRun run, LocalOutcome known) {
		LocalOutcome outcome = switch (known) {
			case LocalOutcome.Completed e -> new LocalOutcome.Completed(e.activityId(), e.attempt(), now(), e.result());
			case LocalOutcome.Failed e -> new LocalOutcome.Failed(e.activityId(), e.attempt(), now(), e.failure());
			case LocalOutcome.BackedOff e ->
				new LocalOutcome.BackedOff(e.activityId(), e.attempt(), now(), e.failure(), e.delay());
		};
		kept.keep(run.call(), outcome);
		return outcome;
	}

	/**
	 * The database's time, as far as it is known here: what the engine said at the
	 * beginning of the turn, and what has passed since.
	 */
	private Instant now() {
		return turnTime.plusNanos(elapsed() - turnBegan).truncatedTo(ChronoUnit.MICROS);
	}

	/**
	 * When a time of the database comes, on the clock of {@link #elapsed()}.
	 */
	long elapsedAt(Instant time) {
		return turnBegan + nanos(Duration.between(turnTime, time));
	}

	static long nanos(Duration duration) {
		return (duration.getSeconds() >= NEVER / 1_000_000_000) ? NEVER : duration.toNanos();
	}

	private static Instant later(Instant time, Duration delay) {
		return time.plusNanos(nanos(delay));
	}

}
