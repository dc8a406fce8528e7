package io.reprise.replay;

import java.util.ArrayList;
import java.util.List;

import io.reprise.ApplicationFailure;
import io.reprise.CanceledFailure;
import io.reprise.CancellationScope;
import io.reprise.ChildCancellationType;
import io.reprise.ChildOptions;
import io.reprise.ChildRef;
import io.reprise.ChildWorkflowFailure;
import io.reprise.IdReusePolicy;
import io.reprise.ParentClosePolicy;
import io.reprise.Promise;
import io.reprise.TerminatedFailure;
import io.reprise.Workflows;
import io.reprise.protocol.Failure;
import io.reprise.protocol.NeighbourAnswer;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Children, and messages to others, as workflow code sees them.
 */
class NeighbourTests {

	private static final Failure GONE = new Failure.Application("WorkflowClosed", "gone", null, true, null, null, null);

	@Test
	void shouldWaitForAChild() {
		TestCode code = TestCode.run(flow -> Workflows.child("Ship", ChildOptions.defaults(), String.class, "a"));
		try (TestRun run = new TestRun(code)) {
			run.engine.start();
			assertThat(run.commands()).containsExactly(new TurnCommand.StartChild(1, "run-1_1", "Ship", "main",
					TestCode.CONVERTER.toArguments(new Object[] { "a" }), ParentClosePolicy.TERMINATE,
					IdReusePolicy.ALLOW_DUPLICATE));
			run.engine.append(new NeighbourAnswer.ChildWorkflowStarted(1, "child-1"));
			assertThat(run.commands()).isEmpty();
			run.engine.append(new NeighbourAnswer.ChildWorkflowCompleted(1, Payload.json("\"sent\"")));
			assertThat(run.commands()).containsExactly(new TurnCommand.CompleteWorkflow(Payload.json("\"sent\"")));
		}
	}

	@Test
	void shouldTellWhatBecameOfAChild() {
		TestCode code = TestCode.run(flow -> {
			for (int i = 0; i < 3; i++) {
				try {
					Workflows.child("Ship", ChildOptions.withId("ship-" + i), String.class);
				}
				catch (ChildWorkflowFailure ex) {
					flow.log(ex.workflowId() + " " + ex.runId() + " " + ex.getCause().getClass().getSimpleName());
				}
			}
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.append(new NeighbourAnswer.ChildWorkflowStartFailed(1, GONE));
			run.turn();
			run.engine.append(new NeighbourAnswer.ChildWorkflowStarted(2, "child-2"));
			run.engine.append(new NeighbourAnswer.ChildWorkflowTerminated(2, "enough"));
			run.turn();
			run.engine.append(new NeighbourAnswer.ChildWorkflowStarted(3, "child-3"));
			run.engine.append(new NeighbourAnswer.ChildWorkflowFailed(3, GONE));
			run.turn();
			assertThat(run.state()).startsWith("[ship-0  " + ApplicationFailure.class.getSimpleName()
					+ ", ship-1 child-2 " + TerminatedFailure.class.getSimpleName() + ", ship-2 child-3 "
					+ ApplicationFailure.class.getSimpleName());
		}
	}

	@Test
	void shouldKnowThatAChildWasStarted() {
		TestCode code = TestCode.run(flow -> {
			ChildRef<String> child = Workflows.startChild("Ship", ChildOptions.withId("ship"), String.class);
			flow.log(child.workflowId() + " " + child.runId());
			child.signal("hold", "now");
			flow.log("held");
			child.cancel();
			flow.log("cancelled");
			return child.result().get();
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.append(new NeighbourAnswer.ChildWorkflowStarted(1, "child-1"));
			assertThat(run.commands()).containsExactly(new TurnCommand.SignalExternal(2, 1, "ship", "hold",
					TestCode.CONVERTER.toArguments(new Object[] { "now" })));
			run.engine.append(new NeighbourAnswer.ExternalSignaled(2));
			assertThat(run.commands()).containsExactly(new TurnCommand.CancelExternal(3, 1, "ship", null));
			run.engine.append(new NeighbourAnswer.ExternalCancelRequested(3));
			run.turn();
			assertThat(run.state()).startsWith("[ship child-1, held, cancelled]");
			run.engine.append(new NeighbourAnswer.ChildWorkflowCompleted(1, Payload.json("\"sent\"")));
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("returns");
		}
	}

	@ParameterizedTest
	@CsvSource({ "WAIT_CANCELLATION_COMPLETED, true, 2", "WAIT_CANCELLATION_REQUESTED, true, 1", "TRY_CANCEL, true, 0",
			"ABANDON, false, 0" })
	void shouldCancelAChildAsItsOptionsSay(ChildCancellationType type, boolean told, int answers) {
		TestCode code = TestCode.run(flow -> {
			List<Promise<String>> results = new ArrayList<>();
			CancellationScope scope = Workflows.cancellationScope(() -> results.add(Workflows
				.async(() -> Workflows.child("Ship", ChildOptions.withId("ship").onCancel(type), String.class))));
			Workflows.await(() -> flow.has("go"));
			scope.cancel();
			try {
				results.getFirst().get();
			}
			catch (ChildWorkflowFailure ex) {
				flow.log(ex.getCause() instanceof CanceledFailure);
			}
			return null;
		}).signal("go", (flow, argument) -> flow.vars.put("go", true));
		try (TestRun run = TestRun.started(code)) {
			run.engine.append(new NeighbourAnswer.ChildWorkflowStarted(1, "child-1"));
			run.turn();
			run.engine.signal("go");
			List<TurnCommand> commands = new ArrayList<>(run.commands());
			assertThat(commands
				.contains(new TurnCommand.CancelExternal(2, 1, "ship", "The cancellation scope was cancelled")))
				.isEqualTo(told);
			if (answers > 0) {
				assertThat(run.state()).startsWith("[]");
				run.engine.append(new NeighbourAnswer.ExternalCancelRequested(2));
				commands.addAll(run.commands());
			}
			if (answers > 1) {
				assertThat(run.state()).startsWith("[]");
				run.engine.append(new NeighbourAnswer.ChildWorkflowCanceled(1, new Failure.Canceled("stopped", null)));
				commands.addAll(run.commands());
			}
			assertThat(run.state()).startsWith("[true]");
			assertThat(commands.getLast()).isInstanceOf(TurnCommand.CompleteWorkflow.class);
		}
	}

	@Test
	void shouldCloseAsCancelledWhenItsChildWasCancelled() {
		TestCode code = TestCode.run(flow -> Workflows.child("Ship", ChildOptions.defaults(), String.class));
		try (TestRun run = TestRun.started(code)) {
			run.engine.append(new NeighbourAnswer.ChildWorkflowStarted(1, "child-1"));
			run.turn();
			run.engine.cancel(null);
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("cancels workflow 'run-1_1' (2)");
			run.engine.append(new NeighbourAnswer.ChildWorkflowCanceled(1, new Failure.Canceled("stopped", null)));
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("ends as cancelled");
		}
	}

	@Test
	void shouldTellThatAMessageCouldNotBeDelivered() {
		TestCode code = TestCode.run(flow -> {
			try {
				Workflows.external("other").signal("hold");
			}
			catch (ApplicationFailure ex) {
				flow.log(ex.type());
			}
			Workflows.external("other").cancel();
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.append(new NeighbourAnswer.SignalExternalFailed(1, GONE));
			assertThat(run.commands()).containsExactly(new TurnCommand.CancelExternal(2, 0, "other", null));
			run.engine.append(new NeighbourAnswer.ExternalCancelRequested(2));
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("returns");
			assertThat(run.state()).startsWith("[WorkflowClosed]");
		}
	}

	@Test
	void shouldNoticeAnotherChild() {
		TestCode code = TestCode.run(flow -> Workflows.child("Ship", ChildOptions.defaults(), String.class));
		TestCode changed = TestCode.run(flow -> Workflows.child("Fly", ChildOptions.defaults(), String.class));
		try (TestRun run = TestRun.started(code)) {
			assertThat(run.replayWith(changed).message()).contains("starts child workflow Ship (1) (event 3)")
				.contains("now it starts child workflow Fly (1)");
		}
	}

	@Test
	void shouldRefuseMoreChildrenThanARunMayHave() {
		TestCode code = TestCode.run(flow -> {
			Workflows.async(() -> Workflows.child("Ship", ChildOptions.defaults(), String.class));
			Workflows.await(() -> flow.has("go"));
			return Workflows.child("Ship", ChildOptions.defaults(), String.class);
		}).signal("go", (flow, argument) -> flow.vars.put("go", true));
		try (TestRun run = new TestRun(code, new ReplayLimits(100, 10, 10, 1))) {
			run.engine.start();
			run.turn();
			run.engine.signal("go");
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("fails with TooManyPending");
		}
	}

}
