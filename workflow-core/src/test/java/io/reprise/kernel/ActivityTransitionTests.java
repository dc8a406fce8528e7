package io.reprise.kernel;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The life of an activity.
 */
class ActivityTransitionTests {

	private static final ActivityPolicy POLICY = RunDriver.policy()
		.scheduleToStart(Duration.ofMinutes(1))
		.scheduleToClose(Duration.ofHours(1))
		.attempts(3)
		.backoff(Duration.ofSeconds(10), 2, Duration.ofMinutes(10))
		.build();

	/** QUEUED: a worker was asked. BACKING_OFF: the next attempt waits for its time. */
	private enum State {

		ABSENT, QUEUED, RUNNING, BACKING_OFF, SETTLED, GIVEN_UP, CLOSED

	}

	private enum Stimulus {

		SCHEDULE, CANCEL, START, HEARTBEAT, COMPLETE, FAIL, FAIL_FOR_GOOD, REPORT_OF_OLD_ATTEMPT, DUE_FOR_RETRY,
		DUE_TO_START, DUE_TO_CLOSE, LOSE_WORKER, HAND_OVER, CLOSE

	}

	private static final String TABLE = """
			                      | ABSENT                         | QUEUED                               | RUNNING                              | BACKING_OFF                     | SETTLED                           | GIVEN_UP                         | CLOSED
			SCHEDULE              | QUEUED ActivityScheduled dispatch | INVALID_ARGUMENT                  | INVALID_ARGUMENT                     | INVALID_ARGUMENT                | QUEUED ActivityScheduled dispatch | QUEUED ActivityScheduled dispatch | Stale
			CANCEL                | ABSENT ActivityCancelRequested | GIVEN_UP ActivityCancelRequested stop | GIVEN_UP ActivityCancelRequested stop | GIVEN_UP ActivityCancelRequested | SETTLED ActivityCancelRequested  | GIVEN_UP ActivityCancelRequested | Stale
			START                 | Stale                          | RUNNING                              | Duplicate                            | Stale                           | Stale                             | Stale                            | Stale
			HEARTBEAT             | Stale                          | RUNNING                              | RUNNING                              | Stale                           | Stale                             | Stale                            | Stale
			COMPLETE              | Stale                          | SETTLED ActivityCompleted            | SETTLED ActivityCompleted            | Stale                           | Stale                             | Stale                            | Stale
			FAIL                  | Stale                          | BACKING_OFF                          | BACKING_OFF                          | Stale                           | Stale                             | Stale                            | Stale
			FAIL_FOR_GOOD         | Stale                          | SETTLED ActivityFailed               | SETTLED ActivityFailed               | Stale                           | Stale                             | Stale                            | Stale
			REPORT_OF_OLD_ATTEMPT | Stale                          | Stale                                | Stale                                | Stale                           | Stale                             | Stale                            | Stale
			DUE_FOR_RETRY         | Stale                          | Stale                                | Stale                                | QUEUED dispatch                 | Stale                             | Stale                            | Stale
			DUE_TO_START          | Stale                          | SETTLED ActivityTimedOut stop        | Stale                                | QUEUED dispatch                 | Stale                             | Stale                            | Stale
			DUE_TO_CLOSE          | Stale                          | SETTLED ActivityTimedOut stop        | SETTLED ActivityTimedOut stop        | SETTLED ActivityTimedOut        | Stale                             | Stale                            | Stale
			LOSE_WORKER           | ABSENT                         | QUEUED dispatch                      | QUEUED dispatch                      | BACKING_OFF                     | SETTLED                           | GIVEN_UP                         | Stale
			HAND_OVER             | ABSENT                         | QUEUED                               | QUEUED                               | BACKING_OFF                     | SETTLED                           | GIVEN_UP                         | Stale
			CLOSE                 | CLOSED WorkflowTerminated      | CLOSED WorkflowTerminated stop       | CLOSED WorkflowTerminated stop       | CLOSED WorkflowTerminated       | CLOSED WorkflowTerminated         | CLOSED WorkflowTerminated        | WORKFLOW_CLOSED
			""";

	@TestFactory
	Stream<DynamicTest> shouldMakeEveryTransition() {
		return new TransitionTable<>(State.class, Stimulus.class, TABLE).tests((state, stimulus) -> {
			RunDriver driver = inState(state);
			Decision decision = apply(driver, state, stimulus);
			return TransitionTable.describe(decision, stateOf(driver), effects(driver));
		});
	}

	private static RunDriver inState(State state) {
		RunDriver driver = (state != State.ABSENT) ? RunDriver.afterTurn(RunDriver.schedule(1, POLICY))
				: RunDriver.afterTurn();
		switch (state) {
			case ABSENT, QUEUED -> {
			}
			case RUNNING -> driver.startAttempt(1, 1);
			case BACKING_OFF -> driver.fail(1, 1, RunDriver.BOOM);
			case SETTLED -> driver.complete(1, 1);
			case GIVEN_UP -> {
				driver.signal("give-up");
				driver.turn(new TurnCommand.RequestCancelActivity(1));
			}
			case CLOSED -> driver.terminate();
		}
		if (state != State.CLOSED) {
			// so that a turn can be made
			driver.signal("go-on");
		}
		return driver;
	}

	private static Decision apply(RunDriver driver, State state, Stimulus stimulus) {
		int attempt = (state == State.BACKING_OFF) ? 2 : 1;
		return switch (stimulus) {
			case SCHEDULE -> turn(driver, RunDriver.schedule(1, POLICY));
			case CANCEL -> turn(driver, new TurnCommand.RequestCancelActivity(1));
			case START -> driver.startAttempt(1, attempt);
			case HEARTBEAT -> driver.heartbeat(1, attempt, "50");
			case COMPLETE -> driver.complete(1, attempt);
			case FAIL -> driver.fail(1, attempt, RunDriver.BOOM);
			case FAIL_FOR_GOOD -> driver.fail(1, attempt, RunDriver.FATAL);
			case REPORT_OF_OLD_ATTEMPT -> driver.complete(1, attempt - 1);
			case DUE_FOR_RETRY -> driver.after(Duration.ofSeconds(10)).fireDue();
			case DUE_TO_START -> driver.after(Duration.ofMinutes(1)).fireDue();
			case DUE_TO_CLOSE -> driver.after(Duration.ofHours(1)).fireDue();
			case LOSE_WORKER -> driver.adopt(true);
			case HAND_OVER -> driver.adopt(false);
			case CLOSE -> driver.terminate();
		};
	}

	private static Decision turn(RunDriver driver, TurnCommand command) {
		return driver.turn(driver.state().isClosed() ? new TaskToken(2, 1) : driver.token(), command);
	}

	private static State stateOf(RunDriver driver) {
		if (driver.state().isClosed()) {
			return State.CLOSED;
		}
		if (!driver.state().activities().containsKey(1)) {
			boolean scheduled = driver.history.stream()
				.anyMatch(e -> e.event() instanceof HistoryEvent.ActivityScheduled);
			boolean settled = driver.history.stream().anyMatch(e -> e.event() instanceof HistoryEvent.Resolution);
			return settled ? State.SETTLED : scheduled ? State.GIVEN_UP : State.ABSENT;
		}
		RunOverlay.Attempt attempt = driver.attempt(1);
		return !attempt.isDispatched() ? State.BACKING_OFF : attempt.started() ? State.RUNNING : State.QUEUED;
	}

	private static String effects(RunDriver driver) {
		return driver.effects.stream().map(effect -> switch (effect) {
			case Effect.DispatchActivity ignored -> "dispatch";
			case Effect.CancelActivity ignored -> "stop";
			default -> "";
		}).collect(Collectors.joining(" "));
	}

}
