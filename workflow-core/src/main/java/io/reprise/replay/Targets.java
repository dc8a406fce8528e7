package io.reprise.replay;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.reprise.ActivityCall;
import io.reprise.ActivityFailure;
import io.reprise.ActivitySettings;
import io.reprise.ApplicationFailure;
import io.reprise.ErrorCode;
import io.reprise.Placement;
import io.reprise.RecordedFailure;
import io.reprise.WorkflowException;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourAnswer;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import io.reprise.replay.OpenTarget.OpenActivity;
import io.reprise.replay.OpenTarget.OpenTimer;
import org.jspecify.annotations.Nullable;

/**
 * The activities, timers and requests of a run. One counter numbers all, in order of
 * creation, so that a replay gives the same numbers. What the workflow knows to be open
 * may lag behind what the engine knows, and is the same at every replay.
 */
final class Targets {

	private final WorkflowRun run;

	private final MachineServices services;

	private final Map<Integer, OpenTarget<?>> open = new HashMap<>();

	private int openActivities;

	/** Local activities that wait for their time have timers, too. */
	private int openTimers;

	private final Requests requests;

	private int lastId;

	Targets(WorkflowRun run, MachineServices services) {
		this.run = run;
		this.services = services;
		requests = new Requests(run, services, this);
	}

	/**
	 * What asks other runs.
	 */
	Requests requests() {
		return requests;
	}

	/**
	 * The number of whatever is asked for next.
	 */
	int nextId() {
		return lastId + 1;
	}

	/**
	 * Issues what takes the next number.
	 */
	void issueNext(TurnCommand command) {
		issue(command);
		lastId++;
	}

	SettablePromise<@Nullable Object> startActivity(ActivityCall call, Scope scope) {
		scope.requireOpen();
		Payload arguments = encode(call);
		if (isLocal(call)) {
			return startLocal(call, arguments, scope);
		}
		TurnCommand.ScheduleActivity command = new TurnCommand.ScheduleActivity(lastId + 1, call.activityType(),
				arguments, run.isReplaying() ? ActivityPolicy.DEFAULT : policy(call.activityType(), call.settings()));
		requireAcceptable(command, arguments, call.activityType());
		issue(command);
		lastId++;
		openActivities++;
		SettablePromise<@Nullable Object> promise = new SettablePromise<>(run);
		open(new OpenActivity(this, scope, lastId, promise, call.activityType(), call.resultType()));
		return promise;
	}

	private SettablePromise<@Nullable Object> startLocal(ActivityCall call, Payload arguments, Scope scope) {
		SettablePromise<@Nullable Object> promise = new SettablePromise<>(run);
		OpenLocal local = new OpenLocal(this, scope, ++lastId, promise, call, arguments, run.now());
		open(local);
		run.locals().open(local);
		return promise;
	}

	OpenTimer startTimer(Duration duration, Scope scope) {
		scope.requireOpen();
		TurnCommand.StartTimer command = new TurnCommand.StartTimer(lastId + 1, duration);
		if (openTimers >= services.limits().pendingTimers() && !run.sink().isRecorded(command)) {
			throw tooManyPending("timers", services.limits().pendingTimers());
		}
		issue(command);
		lastId++;
		OpenTimer timer = new OpenTimer(this, scope, lastId, new SettablePromise<@Nullable Void>(run));
		openTimers++;
		open(timer);
		return timer;
	}

	/**
	 * Settles what a resolution names. One that comes too late changes nothing.
	 */
	void resolve(HistoryEvent.Resolution resolution) {
		switch (resolution) {
			case HistoryEvent.ActivityCompleted e -> {
				if (open.get(e.activityId()) instanceof OpenActivity activity) {
					settle(activity,
							new Outcome.Encoded(e.result(), activity.resultType(), "activity " + activity.type()));
				}
			}
			case HistoryEvent.ActivityFailed e -> fail(e.activityId(), e.attempt(), e.failure());
			case HistoryEvent.ActivityTimedOut e -> fail(e.activityId(), e.attempt(), e.failure());
			case NeighbourAnswer e -> {
				OpenTarget<?> target = open.get(e.number());
				if (target != null) {
					requests.answer(target, e);
				}
			}
			case HistoryEvent.TimerFired e -> {
				if (open.get(e.timerId()) instanceof OpenTimer timer) {
					settle(timer, Outcome.Value.NOTHING);
				}
				else if (open.get(e.timerId()) instanceof OpenLocal local && local.isBackedOff()) {
					run.locals().wake(local);
				}
			}
		}
	}

	/**
	 * Forgets an open target.
	 * @return {@code false} if it was not open
	 */
	boolean close(OpenTarget<?> target) {
		if (!open.remove(target.id(), target)) {
			return false;
		}
		switch (target) {
			case OpenActivity ignored -> openActivities--;
			case OpenTimer ignored -> openTimers--;
			case OpenChild ignored -> requests.childClosed();
			case OpenMessage message -> requests.messageClosed(message);
			case OpenLocal local -> {
				openTimers -= local.isBackedOff() ? 1 : 0;
				run.locals().close(local);
			}
		}
		target.scope().remove(target);
		return true;
	}

	void timerBegun() {
		openTimers++;
	}

	void timerOver() {
		openTimers--;
	}

	void complete(OpenLocal local, Payload result) {
		settle(local, new Outcome.Encoded(result, local.resultType(), "activity " + local.type()));
	}

	void fail(OpenLocal local, int attempts, Failure failure) {
		settle(local, failed(local.type(), local.id(), attempts, failure));
	}

	void issue(TurnCommand command) {
		run.sink().issue(command);
	}

	void open(OpenTarget<?> target) {
		open.put(target.id(), target);
		target.scope().add(target);
	}

	void settle(OpenTarget<?> target, Outcome outcome) {
		close(target);
		target.promise().settle(outcome);
	}

	private void fail(int activityId, int attempts, Failure failure) {
		if (open.get(activityId) instanceof OpenActivity activity) {
			settle(activity, failed(activity.type(), activityId, attempts, failure));
		}
	}

	private Outcome failed(String type, int activityId, int attempts, Failure failure) {
		return new Outcome.Failed(
				() -> new ActivityFailure(type, activityId, attempts, services.failures().toExceptionOrThrow(failure)));
	}

	/**
	 * What a call was when it was first made, it is at every replay, whatever the
	 * configuration says meanwhile.
	 */
	private boolean isLocal(ActivityCall call) {
		return run.isReplaying() ? run.locals().isRecorded(lastId + 1, call.activityType())
				: resolved(call.activityType(),
						() -> services.policies().placement(call.activityType(), call.settings())) == Placement.LOCAL;
	}

	private Payload encode(ActivityCall call) {
		return encode("activity " + call.activityType(), call.args());
	}

	Payload encode(String what, @Nullable Object[] args) {
		try {
			return services.converter().toArguments(args);
		}
		catch (WorkflowException ex) {
			if (ex.code() == ErrorCode.CODEC_FAILED) {
				// Not to be caught by the workflow: it may succeed the next time
				throw run.fate()
					.bug(ex.code(), "Expected arguments of %s, but they cannot be encoded: %s".formatted(what,
							ex.getMessage()));
			}
			throw ApplicationFailure.of("EncodingFailed",
					"[%s] Expected arguments that can be written, but those of ".formatted(ex.code()) + what
							+ " cannot: " + ex.getMessage(),
					true, null, null, ex);
		}
	}

	ActivityPolicy policy(String activityType, ActivitySettings settings) {
		return resolved(activityType, () -> services.policies().resolve(activityType, settings));
	}

	private <T> T resolved(String activityType, Supplier<T> option) {
		try {
			return option.get();
		}
		catch (RuntimeException ex) {
			// Not to be caught by the workflow: the configuration is no part of its
			// history.
			throw run.fate()
				.bug(ErrorCode.WORKFLOW_BUG, "Expected valid options for activity " + activityType + ", but " + ex
						+ ". Repair the options in the code or in workflow.activities.*");
		}
	}

	private void requireAcceptable(TurnCommand command, Payload arguments, String activityType) {
		ReplayLimits limits = services.limits();
		if (arguments.size() > limits.payloadBytes() && !run.sink().isRecorded(command)) {
			throw Closings.tooLarge("arguments of activity " + activityType, arguments, limits);
		}
		if (openActivities >= limits.pendingActivities() && !run.sink().isRecorded(command)) {
			throw tooManyPending("activities", limits.pendingActivities());
		}
	}

	static RecordedFailure tooManyPending(String what, int limit) {
		return ApplicationFailure.nonRetryable("TooManyPending",
				"[%s] Expected at most %d open %s, but one more was asked for. Wait for some of them first"
					.formatted(ErrorCode.TOO_MANY_PENDING, limit, what));
	}

}
