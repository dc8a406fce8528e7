package io.reprise.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.reprise.protocol.Command;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.LocalAttempt;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The life of a local activity, as far as the kernel sees it.
 */
class LocalActivityTransitionTests {

	private enum State {

		ABSENT, UNDER_WAY, BACKED_OFF, DUE, SETTLED, CLOSED

	}

	private enum Stimulus {

		GO_ON, COMPLETE, FAIL, BACK_OFF, CANCEL, NOT_YET_DUE, DUE, ADOPT, CLOSE

	}

	private static final String TABLE = """
			            | ABSENT                                 | UNDER_WAY                              | BACKED_OFF                             | DUE                                    | SETTLED                                | CLOSED
			GO_ON       | UNDER_WAY TurnContinued task           | UNDER_WAY TurnContinued task           | UNDER_WAY TurnContinued task           | UNDER_WAY TurnContinued task           | UNDER_WAY TurnContinued task           | Stale
			COMPLETE    | SETTLED LocalActivityCompleted         | SETTLED LocalActivityCompleted         | INVALID_ARGUMENT                       | SETTLED LocalActivityCompleted         | SETTLED LocalActivityCompleted         | Stale
			FAIL        | SETTLED LocalActivityFailed            | SETTLED LocalActivityFailed            | INVALID_ARGUMENT                       | SETTLED LocalActivityFailed            | SETTLED LocalActivityFailed            | Stale
			BACK_OFF    | BACKED_OFF LocalActivityBackedOff wake | BACKED_OFF LocalActivityBackedOff wake | INVALID_ARGUMENT                       | BACKED_OFF LocalActivityBackedOff wake | BACKED_OFF LocalActivityBackedOff wake | Stale
			CANCEL      | SETTLED LocalActivityCanceled          | SETTLED LocalActivityCanceled          | SETTLED LocalActivityCanceled          | SETTLED LocalActivityCanceled          | SETTLED LocalActivityCanceled          | Stale
			NOT_YET_DUE | Stale                                  | Stale                                  | Stale                                  | Stale                                  | Stale                                  | Stale
			DUE         | Stale                                  | Stale                                  | DUE TimerFired                         | Stale                                  | Stale                                  | Stale
			ADOPT       | ABSENT                                 | UNDER_WAY                              | BACKED_OFF                             | DUE                                    | SETTLED                                | Stale
			CLOSE       | CLOSED WorkflowTerminated              | CLOSED WorkflowTerminated              | CLOSED WorkflowTerminated              | CLOSED WorkflowTerminated              | CLOSED WorkflowTerminated              | WORKFLOW_CLOSED
			""";

	private static final Duration LONG = Duration.ofDays(30);

	private static final String TYPE = "Payments.check";

	@TestFactory
	Stream<DynamicTest> shouldMakeEveryTransition() {
		return new TransitionTable<>(State.class, Stimulus.class, TABLE).tests((state, stimulus) -> {
			RunDriver driver = inState(state);
			Decision decision = apply(driver, stimulus);
			return TransitionTable.describe(decision, stateOf(driver), effects(driver));
		});
	}

	@Test
	void shouldAskForATurnThatGoesOn() {
		RunDriver driver = RunDriver.started();

		goOn(driver, driver.token());

		assertThat(driver.events).last()
			.isEqualTo(new HistoryEvent.TurnContinued(List.of(new LocalAttempt(1, TYPE, 1))));
		assertThat(driver.effects).containsExactly(new Effect.DispatchTask(new TaskToken(2, 3)));
		assertThat(driver.run.hasOutstandingWork()).isTrue();
		assertThat(Kernel.effectsOf(driver.run)).contains(new Effect.DispatchTask(new TaskToken(2, 3)));
	}

	@Test
	void shouldNotAskForATurnOfARunThatEnds() {
		RunDriver driver = RunDriver.started();

		driver.send(new Command.CompleteTask(RunDriver.KEY, driver.token(), driver.now, "build-1",
				List.of(RunDriver.returns()), List.of(), List.of(new LocalAttempt(1, TYPE, 1))));

		assertThat(driver.events).last().isInstanceOf(HistoryEvent.WorkflowCompleted.class);
	}

	@Test
	void shouldNotLetTheNextTurnBeginBeforeWhatTheLastOneSaid() {
		RunDriver driver = RunDriver.started();
		Instant late = RunDriver.T0.plusSeconds(3);

		driver.turn(new TurnCommand.CompleteLocalActivity(1, TYPE, Payload.NO_ARGUMENTS, 1, late, Payload.NULL));
		driver.signal("go-on");

		assertThat(driver.state().markerTime()).isEqualTo(late);
		assertThat(Kernel.workflowTask(driver.run, RunDriver.T0.plusSeconds(1)).time()).isEqualTo(late);
	}

	@Test
	void shouldFailARunWhoseLocalResultIsTooLarge() {
		RunDriver driver = RunDriver.started();
		driver.limits = new Limits(10, 51_200, 50_000_000, 10, 10, 10, 1_000);

		driver.turn(new TurnCommand.CompleteLocalActivity(1, TYPE, Payload.NO_ARGUMENTS, 1, driver.now,
				Payload.json("\"12345678901\"")));

		assertThat(driver.events).last().isInstanceOf(HistoryEvent.WorkflowFailed.class);
	}

	@Test
	void shouldCountWhatIsBackedOffAmongTheTimers() {
		RunDriver driver = RunDriver.started();
		driver.limits = new Limits(1_000, 51_200, 50_000_000, 10, 1, 10, 1_000);

		driver.turn(backOff(1), backOff(2));

		assertThat(driver.events).last().isInstanceOf(HistoryEvent.WorkflowFailed.class);
	}

	private static RunDriver inState(State state) {
		RunDriver driver = RunDriver.started();
		switch (state) {
			case ABSENT -> driver.turn();
			case UNDER_WAY -> goOn(driver, driver.token());
			case BACKED_OFF -> driver.turn(backOff(1));
			case DUE -> {
				driver.turn(backOff(1));
				driver.at(RunDriver.T0.plus(LONG)).fireDue();
				driver.at(RunDriver.T0);
			}
			case SETTLED -> driver.turn(complete());
			case CLOSED -> {
				driver.turn();
				driver.terminate();
			}
		}
		if (state != State.CLOSED && state != State.UNDER_WAY && state != State.DUE) {
			driver.signal("go-on");
		}
		return driver;
	}

	private static Decision apply(RunDriver driver, Stimulus stimulus) {
		TaskToken token = driver.state().isClosed() ? new TaskToken(2, 1) : driver.token();
		return switch (stimulus) {
			case GO_ON -> goOn(driver, token);
			case COMPLETE -> driver.turn(token, complete());
			case FAIL -> driver.turn(token,
					new TurnCommand.FailLocalActivity(1, TYPE, Payload.NO_ARGUMENTS, 2, driver.now, RunDriver.FATAL));
			case BACK_OFF -> driver.turn(token, backOff(1));
			case CANCEL -> driver.turn(token, new TurnCommand.CancelLocalActivity(1, TYPE));
			case NOT_YET_DUE -> driver.at(RunDriver.T0.plus(LONG).minusNanos(1000)).fireDue();
			case DUE -> driver.at(RunDriver.T0.plus(LONG)).fireDue();
			case ADOPT -> driver.adopt(true);
			case CLOSE -> driver.terminate();
		};
	}

	private static Decision goOn(RunDriver driver, TaskToken token) {
		return driver.send(new Command.CompleteTask(RunDriver.KEY, token, driver.now, "build-1", List.of(), List.of(),
				List.of(new LocalAttempt(1, TYPE, 1))));
	}

	private static TurnCommand complete() {
		return new TurnCommand.CompleteLocalActivity(1, TYPE, Payload.NO_ARGUMENTS, 1, RunDriver.T0, Payload.NULL);
	}

	private static TurnCommand backOff(int id) {
		return new TurnCommand.BackOffLocalActivity(id, TYPE, 1, RunDriver.T0, RunDriver.BOOM, LONG);
	}

	private static State stateOf(RunDriver driver) {
		if (driver.state().isClosed()) {
			return State.CLOSED;
		}
		State state = State.ABSENT;
		for (var recorded : driver.history) {
			state = switch (recorded.event()) {
				case HistoryEvent.TurnContinued ignored -> State.UNDER_WAY;
				case HistoryEvent.LocalActivityBackedOff ignored -> State.BACKED_OFF;
				case HistoryEvent.LocalActivityEvent ignored -> State.SETTLED;
				case HistoryEvent.TimerFired ignored -> State.DUE;
				default -> state;
			};
		}
		return state;
	}

	private static String effects(RunDriver driver) {
		return driver.effects.stream().map(effect -> switch (effect) {
			case Effect.WakeAt ignored -> "wake";
			case Effect.DispatchTask ignored when driver.events.getLast() instanceof HistoryEvent.TurnContinued ->
				"task";
			default -> "";
		}).collect(Collectors.joining(" "));
	}

}
