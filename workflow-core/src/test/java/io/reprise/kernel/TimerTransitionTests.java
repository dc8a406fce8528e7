package io.reprise.kernel;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The life of a timer.
 */
class TimerTransitionTests {

	private enum State {

		ABSENT, TICKING, FIRED, WITHDRAWN, CLOSED

	}

	private enum Stimulus {

		START, WITHDRAW, NOT_YET_DUE, DUE, ADOPT, CLOSE

	}

	private static final String TABLE = """
			            | ABSENT                    | TICKING                   | FIRED                     | WITHDRAWN                 | CLOSED
			START       | TICKING TimerStarted wake | INVALID_ARGUMENT          | TICKING TimerStarted wake | TICKING TimerStarted wake | Stale
			WITHDRAW    | ABSENT TimerCanceled      | WITHDRAWN TimerCanceled   | FIRED TimerCanceled       | WITHDRAWN TimerCanceled   | Stale
			NOT_YET_DUE | Stale                     | Stale                     | Stale                     | Stale                     | Stale
			DUE         | Stale                     | FIRED TimerFired          | Stale                     | Stale                     | Stale
			ADOPT       | ABSENT                    | TICKING                   | FIRED                     | WITHDRAWN                 | Stale
			CLOSE       | CLOSED WorkflowTerminated | CLOSED WorkflowTerminated | CLOSED WorkflowTerminated | CLOSED WorkflowTerminated | WORKFLOW_CLOSED
			""";

	private static final Duration LONG = Duration.ofDays(30);

	@TestFactory
	Stream<DynamicTest> shouldMakeEveryTransition() {
		return new TransitionTable<>(State.class, Stimulus.class, TABLE).tests((state, stimulus) -> {
			RunDriver driver = inState(state);
			Decision decision = apply(driver, stimulus);
			return TransitionTable.describe(decision, stateOf(driver), effects(driver));
		});
	}

	private static RunDriver inState(State state) {
		RunDriver driver = (state != State.ABSENT) ? RunDriver.afterTurn(RunDriver.timer(1, LONG))
				: RunDriver.afterTurn();
		switch (state) {
			case ABSENT, TICKING -> {
			}
			case FIRED -> {
				driver.at(RunDriver.T0.plus(LONG)).fireDue();
				driver.at(RunDriver.T0);
			}
			case WITHDRAWN -> {
				driver.signal("withdraw");
				driver.turn(new TurnCommand.CancelTimer(1));
			}
			case CLOSED -> driver.terminate();
		}
		if (state != State.CLOSED) {
			driver.signal("go-on");
		}
		return driver;
	}

	private static Decision apply(RunDriver driver, Stimulus stimulus) {
		TaskToken token = driver.state().isClosed() ? new TaskToken(2, 1) : driver.token();
		return switch (stimulus) {
			case START -> driver.turn(token, RunDriver.timer(1, LONG));
			case WITHDRAW -> driver.turn(token, new TurnCommand.CancelTimer(1));
			case NOT_YET_DUE -> driver.at(RunDriver.T0.plus(LONG).minusNanos(1000)).fireDue();
			case DUE -> driver.at(RunDriver.T0.plus(LONG)).fireDue();
			case ADOPT -> driver.adopt(true);
			case CLOSE -> driver.terminate();
		};
	}

	private static State stateOf(RunDriver driver) {
		if (driver.state().isClosed()) {
			return State.CLOSED;
		}
		if (driver.state().timers().containsKey(1)) {
			return State.TICKING;
		}
		if (driver.history.stream().anyMatch(e -> e.event() instanceof HistoryEvent.TimerFired)) {
			return State.FIRED;
		}
		return driver.history.stream().anyMatch(e -> e.event() instanceof HistoryEvent.TimerStarted) ? State.WITHDRAWN
				: State.ABSENT;
	}

	private static String effects(RunDriver driver) {
		return driver.effects.stream()
			.filter(Effect.WakeAt.class::isInstance)
			.map(effect -> "wake")
			.collect(Collectors.joining(" "));
	}

}
