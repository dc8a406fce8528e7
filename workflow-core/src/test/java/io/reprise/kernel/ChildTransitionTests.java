package io.reprise.kernel;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.reprise.IdReusePolicy;
import io.reprise.ParentClosePolicy;
import io.reprise.protocol.Command;
import io.reprise.protocol.NeighbourAnswer;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What becomes of a child that ends with its parent.
 */
class ChildTransitionTests {

	private enum State {

		ASKED, STARTED, ENDED, LEFT_ASKED, LEFT_STARTED, SETTLED

	}

	private enum Stimulus {

		STARTS, REFUSED, COMPLETES, SETTLES, RETURNS, TERMINATES, ADOPTS

	}

	private static final String TABLE = """
			           | ASKED                                             | STARTED                               | ENDED                      | LEFT_ASKED      | LEFT_STARTED    | SETTLED
			STARTS     | STARTED ChildWorkflowStarted                      | Stale                                 | Stale                      | Stale           | Stale           | Stale
			REFUSED    | ENDED ChildWorkflowStartFailed                    | Stale                                 | Stale                      | Stale           | Stale           | Stale
			COMPLETES  | ENDED ChildWorkflowStarted ChildWorkflowCompleted | ENDED ChildWorkflowCompleted          | Duplicate                  | WORKFLOW_CLOSED | WORKFLOW_CLOSED | WORKFLOW_CLOSED
			SETTLES    | Stale                                             | Stale                                 | Stale                      | SETTLED         | SETTLED         | Stale
			RETURNS    | LEFT_ASKED WorkflowCompleted close                | LEFT_STARTED WorkflowCompleted close  | SETTLED WorkflowCompleted  | Stale           | Stale           | Stale
			TERMINATES | LEFT_ASKED WorkflowTerminated close               | LEFT_STARTED WorkflowTerminated close | SETTLED WorkflowTerminated | WORKFLOW_CLOSED | WORKFLOW_CLOSED | WORKFLOW_CLOSED
			ADOPTS     | ASKED                                             | STARTED                               | ENDED                      | LEFT_ASKED      | LEFT_STARTED    | Stale
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
		RunDriver driver = RunDriver.afterTurn(new TurnCommand.StartChild(1, "ship-1", "Ship", "default",
				Payload.NO_ARGUMENTS, ParentClosePolicy.TERMINATE, IdReusePolicy.ALLOW_DUPLICATE));
		driver.signal("signal-0");
		if (state != State.ASKED && state != State.LEFT_ASKED) {
			apply(driver, Stimulus.STARTS);
		}
		if (state == State.ENDED) {
			apply(driver, Stimulus.COMPLETES);
		}
		if (state == State.LEFT_ASKED || state == State.LEFT_STARTED || state == State.SETTLED) {
			driver.terminate();
		}
		if (state == State.SETTLED) {
			apply(driver, Stimulus.SETTLES);
		}
		return driver;
	}

	private static Decision apply(RunDriver driver, Stimulus stimulus) {
		return switch (stimulus) {
			case STARTS -> driver.send(new Command.TakeAnswer(RunDriver.KEY, 1, null));
			case REFUSED -> driver.send(new Command.TakeAnswer(RunDriver.KEY, 1, RunDriver.FATAL));
			case COMPLETES -> driver.send(new Command.ResolveChild(RunDriver.KEY,
					new NeighbourAnswer.ChildWorkflowCompleted(1, Payload.NULL)));
			case SETTLES -> driver.send(new Command.SettleDuty(RunDriver.KEY, 1));
			case RETURNS ->
				driver.turn(driver.state().isClosed() ? new TaskToken(2, 4) : driver.token(), RunDriver.returns());
			case TERMINATES -> driver.terminate();
			case ADOPTS -> driver.adopt(true);
		};
	}

	private static State stateOf(RunDriver driver) {
		Neighbours.Child child = driver.state().neighbours().children().get(1);
		if (driver.state().isClosed()) {
			if (child == null || driver.run.overlay().done().contains(1)) {
				return State.SETTLED;
			}
			return child.started() ? State.LEFT_STARTED : State.LEFT_ASKED;
		}
		if (child == null) {
			return State.ENDED;
		}
		return child.started() ? State.STARTED : State.ASKED;
	}

	private static String effects(RunDriver driver) {
		return driver.effects.stream().map(effect -> switch (effect) {
			case Effect.StartChild ignored -> "start";
			case Effect.CloseChild ignored -> "close";
			default -> "";
		}).collect(Collectors.joining(" "));
	}

}
