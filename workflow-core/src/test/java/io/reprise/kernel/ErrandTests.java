package io.reprise.kernel;

import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.ParentClosePolicy;
import io.reprise.protocol.ClaimCheck;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourAnswer;
import io.reprise.protocol.ParentLink;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What runs tell each other.
 */
class ErrandTests {

	private static final String CHILD_RUN = Errands.runIdOf(RunDriver.KEY, 1);

	private static final ExecutionKey CHILD = new ExecutionKey("default", "ship-1", CHILD_RUN);

	@Test
	void shouldStartAChildUntilItIsKnownToBeStarted() {
		RunDriver driver = RunDriver.afterTurn(child(1, ParentClosePolicy.TERMINATE));

		assertThat(driver.effects).containsExactly(new Effect.StartChild(1));
		assertThat(Kernel.effectsOf(driver.run)).containsExactly(new Effect.StartChild(1));
		assertThat(driver.run.hasOutstandingWork()).isTrue();
		assertThat(Kernel.commands(driver.run, new Effect.StartChild(1))).containsExactly(new Command.StartWorkflow(
				CHILD, "Ship", "default", Payload.NO_ARGUMENTS, CHILD_RUN, IdReusePolicy.ALLOW_DUPLICATE,
				IdConflictPolicy.FAIL, new ParentLink("order-1", "run-1", 1, "order-1", "run-1")));

		driver.send(new Command.TakeAnswer(RunDriver.KEY, 1, null));
		driver.turn();
		assertThat(Kernel.effectsOf(driver.run)).isEmpty();
		assertThat(driver.run.hasOutstandingWork()).isFalse();
	}

	@Test
	void shouldTellTheRunWhatTheOthersAnswered() {
		CommandResult refused = new CommandResult.Rejected(ErrorCode.WORKFLOW_ALREADY_STARTED, "in use");

		assertThat(Kernel.done(RunDriver.KEY, new Effect.StartChild(1), new CommandResult.Duplicate(CHILD)))
			.isEqualTo(new Command.TakeAnswer(RunDriver.KEY, 1, null));
		assertThat(Kernel.done(RunDriver.KEY, new Effect.SendMessage(2), refused))
			.isEqualTo(new Command.TakeAnswer(RunDriver.KEY, 2,
					new Failure.Application("WorkflowAlreadyStarted", "in use", null, true, null, null, null)));
		assertThat(Kernel.done(RunDriver.KEY, new Effect.CloseChild(3), refused))
			.isEqualTo(new Command.SettleDuty(RunDriver.KEY, 3));
		assertThat(Kernel.done(RunDriver.KEY, new Effect.TellParent(), refused))
			.isEqualTo(new Command.SettleDuty(RunDriver.KEY, 0));
	}

	@Test
	void shouldSendToAChildOnlyWhenItIsStarted() {
		RunDriver driver = RunDriver.afterTurn(child(1, ParentClosePolicy.TERMINATE),
				new TurnCommand.CancelExternal(2, 1, "ship-1", "enough"));
		assertThat(driver.effects).containsExactly(new Effect.StartChild(1));

		driver.send(new Command.TakeAnswer(RunDriver.KEY, 1, null));

		assertThat(driver.effects).contains(new Effect.SendMessage(2));
		assertThat(Kernel.commands(driver.run, new Effect.SendMessage(2)))
			.containsExactly(new Command.RequestCancel(CHILD, "enough", "run-1/2"));
	}

	@Test
	void shouldFailWhatWasToBeSentToAChildThatCouldNotBeStarted() {
		RunDriver driver = RunDriver.afterTurn(child(1, ParentClosePolicy.TERMINATE),
				new TurnCommand.SignalExternal(2, 1, "ship-1", "hold", Payload.NO_ARGUMENTS));

		driver.send(new Command.TakeAnswer(RunDriver.KEY, 1, RunDriver.FATAL));

		assertThat(driver.events).containsExactly(new NeighbourAnswer.ChildWorkflowStartFailed(1, RunDriver.FATAL),
				new NeighbourAnswer.SignalExternalFailed(2, RunDriver.FATAL));
	}

	@Test
	void shouldSignalWhoeverIsOpen() {
		RunDriver driver = RunDriver
			.afterTurn(new TurnCommand.SignalExternal(1, 0, "other", "hold", Payload.NO_ARGUMENTS));

		assertThat(Kernel.commands(driver.run, new Effect.SendMessage(1))).containsExactly(new Command.SignalWorkflow(
				new ExecutionKey("default", "other", ""), "hold", Payload.NO_ARGUMENTS, "run-1/1"));
		driver.send(new Command.TakeAnswer(RunDriver.KEY, 1, null));
		assertThat(driver.events).containsExactly(new NeighbourAnswer.ExternalSignaled(1));
		assertThat(driver.send(new Command.TakeAnswer(RunDriver.KEY, 1, null))).isEqualTo(new Decision.Stale(false));
	}

	@Test
	void shouldDeliverWhatWasSentWithTheEnd() {
		RunDriver driver = RunDriver.afterTurn(
				new TurnCommand.SignalExternal(1, 0, "other", "hold", Payload.NO_ARGUMENTS), RunDriver.returns());

		assertThat(driver.effects).containsExactly(new Effect.AnnounceClosed(), new Effect.SendMessage(1));
		assertThat(driver.run.hasOutstandingWork()).isTrue();
		driver.send(new Command.TakeAnswer(RunDriver.KEY, 1, RunDriver.FATAL));

		assertThat(driver.events).isEmpty();
		assertThat(driver.run.hasOutstandingWork()).isFalse();
	}

	@Test
	void shouldNotBeginWhatWouldEndAtOnce() {
		RunDriver driver = RunDriver.afterTurn(child(1, ParentClosePolicy.TERMINATE), RunDriver.returns());

		assertThat(driver.effects).containsExactly(new Effect.AnnounceClosed());
		assertThat(driver.run.hasOutstandingWork()).isFalse();
	}

	@Test
	void shouldStartAnAbandonedChildAfterTheEnd() {
		RunDriver driver = RunDriver.afterTurn(child(1, ParentClosePolicy.ABANDON), RunDriver.returns());

		assertThat(driver.effects).containsExactly(new Effect.AnnounceClosed(), new Effect.StartChild(1));
		driver.send(new Command.TakeAnswer(RunDriver.KEY, 1, null));
		assertThat(driver.run.hasOutstandingWork()).isFalse();
	}

	@Test
	void shouldStartAChildBeforeItIsTerminatedIfItMayNotBeThereYet() {
		RunDriver driver = RunDriver.afterTurn(child(1, ParentClosePolicy.TERMINATE));
		driver.terminate();

		List<Command> commands = Kernel.commands(driver.run, new Effect.CloseChild(1));

		assertThat(commands).hasSize(2);
		assertThat(commands.getFirst()).isInstanceOf(Command.StartWorkflow.class);
		assertThat(commands.getLast())
			.isEqualTo(new Command.TerminateWorkflow(CHILD, "Its parent order-1 (run run-1) has ended", "run-1/1/end"));
	}

	@Test
	void shouldAskAChildToStop() {
		RunDriver driver = RunDriver.afterTurn(child(1, ParentClosePolicy.REQUEST_CANCEL));
		driver.send(new Command.TakeAnswer(RunDriver.KEY, 1, null));
		driver.terminate();

		assertThat(Kernel.commands(driver.run, new Effect.CloseChild(1))).containsExactly(
				new Command.RequestCancel(CHILD, "Its parent order-1 (run run-1) has ended", "run-1/1/end"));
	}

	@Test
	void shouldTellTheParent() {
		RunState child = Kernel.create(CHILD,
				List.of(event(1,
						new HistoryEvent.WorkflowStarted("Ship", "default", Payload.NO_ARGUMENTS, CHILD_RUN,
								new ParentLink("order-1", "run-1", 1, "day", "run-0"))),
						event(2, new HistoryEvent.WorkflowTerminated("enough"))));
		Run run = new Run(child, RunOverlay.EMPTY);

		assertThat(Kernel.effectsOf(run)).containsExactly(new Effect.AnnounceClosed(), new Effect.TellParent());
		assertThat(Kernel.commands(run, new Effect.TellParent())).containsExactly(
				new Command.ResolveChild(RunDriver.KEY, new NeighbourAnswer.ChildWorkflowTerminated(1, "enough")));
		Decision.Accepted settled = (Decision.Accepted) Kernel.decide(run, new Command.SettleDuty(CHILD, 0),
				new DecisionContext(RunDriver.T0, 0, Limits.DEFAULT));
		Run after = new Run(child, OverlayJson.read(OverlayJson.write(settled.overlay())));
		assertThat(after.hasOutstandingWork()).isFalse();
		assertThat(Kernel.effectsOf(after)).containsExactly(new Effect.AnnounceClosed());
	}

	@Test
	void shouldKeepNeighboursInASnapshot() {
		RunDriver driver = RunDriver.afterTurn(child(1, ParentClosePolicy.ABANDON),
				child(2, ParentClosePolicy.REQUEST_CANCEL),
				new TurnCommand.SignalExternal(3, 2, "ship-1", "hold", Payload.NO_ARGUMENTS));
		driver.send(new Command.TakeAnswer(RunDriver.KEY, 1, null));

		assertThat(StateJson.read(StateJson.write(driver.state()))).isEqualTo(driver.state());
		assertThat(driver.state().neighbours().children()).hasSize(2);
	}

	@Test
	void shouldFailARunThatHasTooManyChildren() {
		RunDriver driver = RunDriver.started();
		driver.limits = new Limits(100, 1_000, 10_000, 3, 2, 5, 50, ClaimCheck.NEVER, 1);

		driver.turn(child(1, ParentClosePolicy.TERMINATE), child(2, ParentClosePolicy.TERMINATE));

		assertThat(driver.events.getLast()).isInstanceOfSatisfying(HistoryEvent.WorkflowFailed.class,
				(failed) -> assertThat(failed.failure().message())
					.startsWith("Expected at most 1 pending children, but"));
	}

	@Test
	void shouldCountSignalsOnlyAsSignals() {
		RunDriver driver = RunDriver.started();
		driver.limits = new Limits(100, 1_000, 10_000, 3, 2, 5, 50, ClaimCheck.NEVER, 1);
		driver.turn(new TurnCommand.CancelExternal(1, 0, "other", null),
				new TurnCommand.CancelExternal(2, 0, "another", null));
		driver.signal("signal-1");

		driver.turn(new TurnCommand.SignalExternal(3, 0, "other", "hold", Payload.NO_ARGUMENTS));
		assertThat(driver.state().isClosed()).isFalse();
		driver.signal("signal-2");

		driver.turn(new TurnCommand.SignalExternal(4, 0, "other", "hold", Payload.NO_ARGUMENTS));
		assertThat(driver.events.getLast()).isInstanceOfSatisfying(HistoryEvent.WorkflowFailed.class,
				(failed) -> assertThat(failed.failure().message())
					.startsWith("Expected at most 1 pending signals to others, but"));
	}

	@Test
	void shouldRefuseANumberThatIsTaken() {
		RunDriver driver = RunDriver.afterTurn(child(1, ParentClosePolicy.TERMINATE));
		driver.signal("signal-1");

		assertThat(driver.turn(new TurnCommand.CancelExternal(1, 0, "other", null))).isInstanceOfSatisfying(
				Decision.Rejected.class,
				(rejected) -> assertThat(rejected.message()).contains("a number of its own for request 1"));
	}

	@Test
	void shouldNameTheRunOfAChildAlike() {
		assertThat(Errands.runIdOf(RunDriver.KEY, 1)).isEqualTo("0f1c24fa-85c3-349a-9dc9-0b9bc788d68c");
	}

	private static TurnCommand child(int id, ParentClosePolicy policy) {
		return new TurnCommand.StartChild(id, "ship-" + id, "Ship", "default", Payload.NO_ARGUMENTS, policy,
				IdReusePolicy.ALLOW_DUPLICATE);
	}

	private static RecordedEvent event(long id, HistoryEvent event) {
		return new RecordedEvent(id, RunDriver.T0, event);
	}

}
