package io.reprise.kernel;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.reprise.protocol.TaskToken;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The life of a stall: a bug keeps a run from going on.
 */
class StallTransitionTests {

	/** PARKED: the turn waits for its next try. TRYING: it is with a worker again. */
	private enum State {

		SOUND, PARKED, TRYING, CLOSED

	}

	private enum Stimulus {

		STALL, STALL_OF_OLD_MARKER, TOO_EARLY, DUE, TURN, RETURN, SIGNAL, LOSE_WORKER, HAND_OVER, TERMINATE

	}

	private static final String TABLE = """
			                    | SOUND                            | PARKED                           | TRYING                           | CLOSED
			STALL               | PARKED wake                      | Stale                            | PARKED wake                      | Stale
			STALL_OF_OLD_MARKER | Stale                            | Stale                            | Stale                            | Stale
			TOO_EARLY           | Stale                            | Stale                            | Stale                            | Stale
			DUE                 | Stale                            | TRYING task                      | Stale                            | Stale
			TURN                | SOUND                            | SOUND                            | SOUND                            | Stale
			RETURN              | CLOSED WorkflowCompleted         | CLOSED WorkflowCompleted         | CLOSED WorkflowCompleted         | Stale
			SIGNAL              | SOUND WorkflowSignaled           | PARKED WorkflowSignaled          | TRYING WorkflowSignaled          | WORKFLOW_CLOSED
			LOSE_WORKER         | SOUND                            | TRYING task                      | TRYING                           | Stale
			HAND_OVER           | SOUND                            | TRYING task                      | TRYING                           | Stale
			TERMINATE           | CLOSED WorkflowTerminated        | CLOSED WorkflowTerminated        | CLOSED WorkflowTerminated        | WORKFLOW_CLOSED
			""";

	@TestFactory
	Stream<DynamicTest> shouldMakeEveryTransition() {
		return new TransitionTable<>(State.class, Stimulus.class, TABLE).tests((state, stimulus) -> {
			RunDriver driver = inState(state);
			Decision decision = apply(driver, stimulus);
			return TransitionTable.describe(decision, stateOf(driver), effects(driver));
		});
	}

	private static RunDriver inState(State state) {
		RunDriver driver = RunDriver.afterTurn();
		driver.signal("signal-0");
		switch (state) {
			case SOUND -> {
			}
			case PARKED -> driver.stall(driver.token());
			case TRYING -> {
				driver.stall(driver.token());
				driver.after(Duration.ofSeconds(10)).fireDue();
			}
			case CLOSED -> {
				driver.stall(driver.token());
				driver.terminate();
			}
		}
		return driver;
	}

	private static Decision apply(RunDriver driver, Stimulus stimulus) {
		TaskToken token = driver.state().isClosed() ? new TaskToken(2, 3) : driver.token();
		return switch (stimulus) {
			case STALL -> driver.stall(token);
			case STALL_OF_OLD_MARKER -> driver.stall(new TaskToken(0, token.seenUpTo()));
			case TOO_EARLY -> driver.after(Duration.ofSeconds(10).minusNanos(1000)).fireDue();
			case DUE -> driver.after(Duration.ofSeconds(10)).fireDue();
			case TURN -> driver.turn(token);
			case RETURN -> driver.turn(token, RunDriver.returns());
			case SIGNAL -> driver.signal("signal-1");
			case LOSE_WORKER -> driver.adopt(true);
			case HAND_OVER -> driver.adopt(false);
			case TERMINATE -> driver.terminate();
		};
	}

	private static State stateOf(RunDriver driver) {
		if (driver.state().isClosed()) {
			return State.CLOSED;
		}
		if (driver.run.overlay().stall() == null) {
			return State.SOUND;
		}
		return driver.run.overlay().isStallWaiting() ? State.PARKED : State.TRYING;
	}

	private static String effects(RunDriver driver) {
		return driver.effects.stream().map(effect -> switch (effect) {
			case Effect.DispatchTask ignored -> "task";
			case Effect.WakeAt ignored -> "wake";
			default -> "";
		}).collect(Collectors.joining(" "));
	}

}
