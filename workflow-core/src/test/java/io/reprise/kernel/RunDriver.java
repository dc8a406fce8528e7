package io.reprise.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.Lifetime;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.Command;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.TurnCommand;

/**
 * Drives one run command by command, as an engine does, without storing anything.
 */
final class RunDriver {

	static final ExecutionKey KEY = new ExecutionKey("default", "order-1", "run-1");

	static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");

	static final Failure BOOM = new Failure.Application("java.io.IOException", "boom", null, false, null, null, null);

	static final Failure FATAL = new Failure.Application("Fatal", "no use", null, true, null, null, null);

	/** Run 2 comes after any run; cron expressions are due at the full hour. */
	static final NextRuns NEXT = new NextRuns() {

		@Override
		public String newRunId() {
			return "run-2";
		}

		@Override
		public Instant nextTime(String cron, ZoneId zone, Instant after) {
			return cron.equals("never") ? null : after.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
		}

	};

	final List<RecordedEvent> history = new ArrayList<>();

	Limits limits = Limits.DEFAULT;

	long historyBytes;

	Instant now = T0;

	Run run;

	/** Of the last accepted command. */
	List<Effect> effects = List.of();

	/** Of the last accepted command. */
	List<HistoryEvent> events = List.of();

	/** Begun by the last accepted command. */
	NextRun next;

	private RunDriver(Run run) {
		this.run = run;
	}

	/** The run that follows, from its beginning. */
	RunDriver follow() {
		List<RecordedEvent> recorded = new ArrayList<>();
		next.events().forEach((event) -> recorded.add(new RecordedEvent(recorded.size() + 1L, now, event)));
		RunDriver driver = new RunDriver(new Run(Kernel.create(next.key(), recorded), next.overlay()));
		driver.now = now;
		driver.history.addAll(recorded);
		driver.events = next.events();
		driver.effects = Kernel.effects(null, driver.run, next.events());
		return driver;
	}

	static Command.StartWorkflow startCommand() {
		return new Command.StartWorkflow(KEY, "ProcessOrder", "default", Payload.NO_ARGUMENTS, "start-1",
				IdReusePolicy.ALLOW_DUPLICATE, IdConflictPolicy.FAIL);
	}

	/** A run whose first turn has not been made. */
	static RunDriver started() {
		return started(startCommand());
	}

	static RunDriver started(Lifetime lifetime) {
		Command.StartWorkflow start = startCommand();
		return started(new Command.StartWorkflow(KEY, start.workflowType(), start.taskQueue(), start.arguments(),
				start.requestId(), start.idReusePolicy(), start.idConflictPolicy(), lifetime));
	}

	private static RunDriver started(Command.StartWorkflow start) {
		Decision.Accepted accepted = (Decision.Accepted) Kernel.start(start,
				new DecisionContext(T0, 0, Limits.DEFAULT, NEXT));
		List<RecordedEvent> recorded = List.of(new RecordedEvent(1, T0, accepted.events().getFirst()));
		RunDriver driver = new RunDriver(new Run(Kernel.create(KEY, recorded), accepted.overlay()));
		driver.history.addAll(recorded);
		driver.events = accepted.events();
		driver.effects = Kernel.effects(null, driver.run, accepted.events());
		return driver;
	}

	/** A run whose first turn said this. */
	static RunDriver afterTurn(TurnCommand... commands) {
		RunDriver driver = started();
		driver.turn(commands);
		return driver;
	}

	Decision send(Command command) {
		Decision decision = Kernel.decide(run, command, new DecisionContext(now, historyBytes, limits, NEXT));
		if (decision instanceof Decision.Accepted accepted) {
			Run before = run;
			List<RecordedEvent> recorded = new ArrayList<>();
			for (HistoryEvent event : accepted.events()) {
				recorded.add(new RecordedEvent(history.size() + 1L, now, event));
				history.add(recorded.getLast());
			}
			run = new Run(Kernel.evolve(before.state(), recorded), accepted.overlay());
			events = accepted.events();
			next = accepted.next();
			effects = effectsSince(before);
		}
		return decision;
	}

	/** What all changes since then make necessary, as if they were one. */
	List<Effect> effectsSince(Run before) {
		return Kernel.effects(before, run,
				history.stream()
					.filter((recorded) -> recorded.id() > before.state().lastEventId())
					.map(RecordedEvent::event)
					.toList());
	}

	RunState state() {
		return run.state();
	}

	RunOverlay.Attempt attempt(int activityId) {
		return run.overlay().attemptOf(activityId);
	}

	TaskToken token() {
		return Kernel.workflowTask(run, now).token();
	}

	RunDriver after(Duration time) {
		now = now.plus(time);
		return this;
	}

	RunDriver at(Instant time) {
		now = time;
		return this;
	}

	Decision turn(TurnCommand... commands) {
		return turn(token(), commands);
	}

	Decision turn(TaskToken token, TurnCommand... commands) {
		return send(new Command.CompleteTask(KEY, token, now, "build-1", List.of(commands), List.of()));
	}

	Decision stall(TaskToken token) {
		return send(
				new Command.StallTask(KEY, token, ErrorCode.WORKFLOW_BUG, "NullPointerException", "build-1", false));
	}

	Decision signal(String requestId) {
		return send(new Command.SignalWorkflow(KEY, "hold", Payload.NO_ARGUMENTS, requestId));
	}

	Decision cancel(String requestId) {
		return send(new Command.RequestCancel(KEY, "not needed", requestId));
	}

	Decision terminate() {
		return send(new Command.TerminateWorkflow(KEY, "stuck", "terminate-1"));
	}

	Decision startAttempt(int activityId, int attempt) {
		return send(new Command.StartActivity(KEY, activityId, attempt));
	}

	Decision complete(int activityId, int attempt) {
		return send(new Command.CompleteActivity(KEY, activityId, attempt, Payload.json("\"ok\"")));
	}

	Decision fail(int activityId, int attempt, Failure failure) {
		return send(new Command.FailActivity(KEY, activityId, attempt, failure, null));
	}

	Decision heartbeat(int activityId, int attempt, String json) {
		return send(new Command.RecordHeartbeat(KEY, activityId, attempt, Payload.json(json)));
	}

	Decision fireDue() {
		return send(new Command.FireDue(KEY));
	}

	Decision adopt(boolean workerLost) {
		return send(new Command.AdoptRun(KEY, workerLost));
	}

	static TurnCommand schedule(int id) {
		return schedule(id, ActivityPolicy.DEFAULT);
	}

	static TurnCommand schedule(int id, ActivityPolicy policy) {
		return new TurnCommand.ScheduleActivity(id, "Payments.charge", Payload.NO_ARGUMENTS, policy);
	}

	static TurnCommand timer(int id, Duration delay) {
		return new TurnCommand.StartTimer(id, delay);
	}

	static TurnCommand returns() {
		return new TurnCommand.CompleteWorkflow(Payload.NULL);
	}

	static PolicyBuilder policy() {
		return new PolicyBuilder();
	}

	/**
	 * Policies with all but one or two values as they are by default.
	 */
	static final class PolicyBuilder {

		private Duration scheduleToClose;

		private Duration scheduleToStart;

		private int maximumAttempts;

		private Duration initial = Duration.ofSeconds(1);

		private double coefficient = 2;

		private Duration maximum = Duration.ofSeconds(100);

		private List<String> nonRetryable = List.of();

		PolicyBuilder scheduleToClose(Duration timeout) {
			scheduleToClose = timeout;
			return this;
		}

		PolicyBuilder scheduleToStart(Duration timeout) {
			scheduleToStart = timeout;
			return this;
		}

		PolicyBuilder attempts(int attempts) {
			maximumAttempts = attempts;
			return this;
		}

		PolicyBuilder backoff(Duration first, double factor, Duration most) {
			initial = first;
			coefficient = factor;
			maximum = most;
			return this;
		}

		PolicyBuilder nonRetryable(String... types) {
			nonRetryable = List.of(types);
			return this;
		}

		ActivityPolicy build() {
			return new ActivityPolicy(Duration.ofMinutes(1), scheduleToClose, scheduleToStart, null, maximumAttempts,
					initial, coefficient, maximum, nonRetryable);
		}

	}

}
