package io.reprise.kernel;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.reprise.Lifetime;
import io.reprise.protocol.Command;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The life of a run.
 */
class RunTransitionTests {

	/** FRESH: no turn yet. STOPPING: cancellation has been asked for and seen. */
	private enum State {

		FRESH, BLOCKED, SIGNALED, STOPPING, COMPLETED, FAILED, CANCELED, TERMINATED, TIMED_OUT, CONTINUED

	}

	private enum Stimulus {

		SAME_START, OTHER_START, SIGNAL, SAME_SIGNAL, CANCEL, TERMINATE, TURN, TURN_OF_OLD_MARKER, TURN_OF_OTHER_INPUTS,
		RETURN, FAIL, STOP, CONTINUE, STALL, FIRE, ADOPT

	}

	private static final TurnCommand CONTINUE = new TurnCommand.ContinueAsNew("ProcessOrder", Payload.NO_ARGUMENTS, 9);

	// A blocked run has no turn to make; what a worker says of one comes too late.
	private static final String TABLE = """
			                     | FRESH                        | BLOCKED                     | SIGNALED                     | STOPPING                     | COMPLETED                | FAILED                   | CANCELED                 | TERMINATED | TIMED_OUT | CONTINUED
			SAME_START           | Duplicate                    | Duplicate                   | Duplicate                    | Duplicate                    | Duplicate                | Duplicate                | Duplicate                | Duplicate | Duplicate | Duplicate
			OTHER_START          | WORKFLOW_ALREADY_STARTED     | WORKFLOW_ALREADY_STARTED    | WORKFLOW_ALREADY_STARTED     | WORKFLOW_ALREADY_STARTED     | WORKFLOW_ALREADY_STARTED | WORKFLOW_ALREADY_STARTED | WORKFLOW_ALREADY_STARTED | WORKFLOW_ALREADY_STARTED | WORKFLOW_ALREADY_STARTED | WORKFLOW_ALREADY_STARTED
			SIGNAL               | FRESH WorkflowSignaled       | SIGNALED WorkflowSignaled task | SIGNALED WorkflowSignaled | STOPPING WorkflowSignaled task | WORKFLOW_CLOSED        | WORKFLOW_CLOSED          | WORKFLOW_CLOSED          | WORKFLOW_CLOSED | WORKFLOW_CLOSED | WORKFLOW_CLOSED
			SAME_SIGNAL          | Duplicate                    | Duplicate                   | Duplicate                    | Duplicate                    | Duplicate                | Duplicate                | Duplicate                | Duplicate | Duplicate | Duplicate
			CANCEL               | FRESH WorkflowCancelRequested | STOPPING WorkflowCancelRequested task | STOPPING WorkflowCancelRequested | Duplicate       | WORKFLOW_CLOSED          | WORKFLOW_CLOSED          | WORKFLOW_CLOSED          | WORKFLOW_CLOSED | WORKFLOW_CLOSED | WORKFLOW_CLOSED
			TERMINATE            | TERMINATED WorkflowTerminated closed | TERMINATED WorkflowTerminated closed | TERMINATED WorkflowTerminated closed | TERMINATED WorkflowTerminated closed | WORKFLOW_CLOSED | WORKFLOW_CLOSED | WORKFLOW_CLOSED | WORKFLOW_CLOSED | WORKFLOW_CLOSED | WORKFLOW_CLOSED
			TURN                 | BLOCKED                      | Stale                       | BLOCKED                      | Stale                        | Stale                    | Stale                    | Stale                    | Stale | Stale | Stale
			TURN_OF_OLD_MARKER   | Stale                        | Stale                       | Stale                        | Stale                        | Stale                    | Stale                    | Stale                    | Stale | Stale | Stale
			TURN_OF_OTHER_INPUTS | Stale again                  | Stale                       | Stale again                  | Stale                        | Stale                    | Stale                    | Stale                    | Stale | Stale | Stale
			RETURN               | COMPLETED WorkflowCompleted closed | Stale                 | COMPLETED WorkflowCompleted closed | Stale                  | Stale                    | Stale                    | Stale                    | Stale | Stale | Stale
			FAIL                 | FAILED WorkflowFailed closed | Stale                       | FAILED WorkflowFailed closed | Stale                        | Stale                    | Stale                    | Stale                    | Stale | Stale | Stale
			STOP                 | CANCELED WorkflowCanceled closed | Stale                   | CANCELED WorkflowCanceled closed | Stale                    | Stale                    | Stale                    | Stale                    | Stale | Stale | Stale
			CONTINUE             | CONTINUED WorkflowContinuedAsNew closed | Stale | CONTINUED WorkflowContinuedAsNew closed | Stale | Stale | Stale | Stale | Stale | Stale | Stale
			STALL                | FRESH                        | Stale                       | SIGNALED                     | Stale                        | Stale                    | Stale                    | Stale                    | Stale | Stale | Stale
			FIRE                 | Stale                        | Stale                       | Stale                        | Stale                        | Stale                    | Stale                    | Stale                    | Stale | Stale | Stale
			ADOPT                | FRESH                        | BLOCKED                     | SIGNALED                     | STOPPING                     | Stale                    | Stale                    | Stale                    | Stale | Stale | Stale
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
		RunDriver driver = (state == State.TIMED_OUT)
				? RunDriver.started(new Lifetime(null, Duration.ofMinutes(1), null, Duration.ZERO, null, null))
				: RunDriver.started();
		driver.signal("signal-0");
		switch (state) {
			case FRESH -> {
			}
			case BLOCKED -> driver.turn();
			case SIGNALED -> {
				driver.turn();
				driver.signal("signal-1");
			}
			case STOPPING -> {
				driver.cancel("cancel-0");
				driver.turn();
			}
			case COMPLETED -> driver.turn(RunDriver.returns());
			case FAILED -> driver.turn(new TurnCommand.FailWorkflow(RunDriver.BOOM));
			case CANCELED -> driver.turn(new TurnCommand.CancelWorkflow(null));
			case TERMINATED -> driver.terminate();
			case TIMED_OUT -> driver.after(Duration.ofMinutes(1)).fireDue();
			case CONTINUED -> driver.turn(CONTINUE);
		}
		return driver;
	}

	private static Decision apply(RunDriver driver, Stimulus stimulus) {
		RunState state = driver.state();
		TaskToken token = state.unseen().isEmpty() ? new TaskToken(state.lastMarkerId(), state.seenUpTo())
				: driver.token();
		Command.StartWorkflow start = RunDriver.startCommand();
		return switch (stimulus) {
			case SAME_START -> driver.send(start);
			case OTHER_START -> driver.send(new Command.StartWorkflow(start.key(), start.workflowType(),
					start.taskQueue(), start.arguments(), "start-2", start.idReusePolicy(), start.idConflictPolicy()));
			case SIGNAL -> driver.signal("signal-2");
			case SAME_SIGNAL -> driver.signal("signal-0");
			case CANCEL -> driver.cancel("cancel-1");
			case TERMINATE -> driver.terminate();
			case TURN -> driver.turn(token);
			case TURN_OF_OLD_MARKER -> driver.turn(new TaskToken(state.lastMarkerId() - 1, token.seenUpTo()));
			case TURN_OF_OTHER_INPUTS ->
				driver.turn(new TaskToken(state.lastMarkerId(), state.lastEventId() + 1), RunDriver.returns());
			case RETURN -> driver.turn(token, RunDriver.returns());
			case FAIL -> driver.turn(token, new TurnCommand.FailWorkflow(RunDriver.BOOM));
			case STOP -> driver.turn(token, new TurnCommand.CancelWorkflow(null));
			case CONTINUE -> driver.turn(token, CONTINUE);
			case STALL -> driver.stall(token);
			case FIRE -> driver.fireDue();
			case ADOPT -> driver.adopt(true);
		};
	}

	private static State stateOf(RunDriver driver) {
		RunState state = driver.state();
		return switch (state.status()) {
			case RUNNING -> {
				if (state.lastMarkerId() == 0) {
					yield State.FRESH;
				}
				if (state.cancelRequested()) {
					yield State.STOPPING;
				}
				boolean signaled = state.unseen()
					.stream()
					.anyMatch(input -> input.event() instanceof HistoryEvent.WorkflowSignaled);
				yield signaled ? State.SIGNALED : State.BLOCKED;
			}
			case COMPLETED -> State.COMPLETED;
			case FAILED -> State.FAILED;
			case CANCELED -> State.CANCELED;
			case TERMINATED -> State.TERMINATED;
			case TIMED_OUT -> State.TIMED_OUT;
			case CONTINUED_AS_NEW -> State.CONTINUED;
		};
	}

	private static String effects(RunDriver driver) {
		return driver.effects.stream().map(effect -> switch (effect) {
			case Effect.DispatchTask ignored -> "task";
			case Effect.AnnounceClosed ignored -> "closed";
			default -> "";
		}).collect(Collectors.joining(" "));
	}

}
