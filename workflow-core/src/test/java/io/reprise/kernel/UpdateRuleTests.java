package io.reprise.kernel;

import java.time.Duration;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.protocol.Command;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.TurnUpdates;
import io.reprise.protocol.UpdateRejection;
import io.reprise.protocol.UpdateRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What turns say of updates, and what the run knows of them.
 */
class UpdateRuleTests {

	private static final UpdateRequest ADD = new UpdateRequest("u1", "add", Payload.json("[1]"));

	private static final TurnCommand DONE = new TurnCommand.CompleteUpdate("u1", Payload.json("1"), null);

	private final RunDriver driver = RunDriver.afterTurn();

	private static Command.UpdateWorkflow update(String id) {
		return new Command.UpdateWorkflow(RunDriver.KEY, id, "add", Payload.json("[1]"));
	}

	private Decision turn(TaskToken token, TurnUpdates updates, TurnCommand... commands) {
		return driver.send(new Command.CompleteTask(RunDriver.KEY, token, driver.now, "build-1", List.of(commands),
				List.of(), List.of(), updates));
	}

	private TaskToken tokenOfUpdates() {
		return Kernel.updateTask(driver.run, driver.now, List.of(ADD)).token();
	}

	private static TurnUpdates accepted(UpdateRequest... updates) {
		return new TurnUpdates(List.of(updates), List.of());
	}

	private static TurnUpdates rejected() {
		return new TurnUpdates(List.of(), List.of(new UpdateRejection("u1", ErrorCode.UPDATE_REJECTED, "no", null)));
	}

	@Test
	void shouldRecordNothingBeforeATurnAccepts() {
		assertThat(driver.send(update("u1"))).isEqualTo(new Decision.Accepted(List.of(), RunOverlay.EMPTY));
		assertThat(driver.history).hasSize(2);
	}

	@Test
	void shouldRecordWhatATurnOfUpdatesAccepts() {
		turn(tokenOfUpdates(), accepted(ADD), DONE);
		assertThat(driver.events).containsExactly(
				new HistoryEvent.WorkflowTaskCompleted(1, driver.now, 1, "build-1", List.of(), List.of(ADD)),
				new HistoryEvent.UpdateCompleted("u1", Payload.json("1"), null));
		assertThat(driver.state().updateCompletedBy("u1")).isEqualTo(4);
		assertThat(driver.send(update("u1"))).isEqualTo(new Decision.Duplicate());
	}

	@Test
	void shouldKeepAnInputThatATurnOfUpdatesHasNotSeen() {
		TaskToken token = tokenOfUpdates();
		driver.signal("late");
		turn(token, accepted(ADD), DONE);
		assertThat(driver.state().unseen()).hasSize(1);
		assertThat(driver.effects).hasAtLeastOneElementOfType(Effect.DispatchTask.class);
	}

	@Test
	void shouldHaveATurnOfUpdatesMadeAgainThatEndsTheRunOverAMessage() {
		TaskToken token = tokenOfUpdates();
		driver.signal("late");
		assertThat(turn(token, accepted(ADD), DONE, new TurnCommand.CompleteWorkflow(Payload.NULL)))
			.isEqualTo(new Decision.Stale(true));
	}

	@Test
	void shouldWriteNoEventForARejection() {
		Decision decision = turn(tokenOfUpdates(), rejected());
		assertThat(decision).isInstanceOfSatisfying(Decision.Accepted.class,
				(accepted) -> assertThat(accepted.events()).isEmpty());
		assertThat(driver.run.overlay().rejectionOf("u1", driver.now)).isNotNull();
		assertThat(driver.run.overlay().rejectionOf("u1", driver.now.plusSeconds(1))).isNull();
		assertThat(OverlayJson.read(OverlayJson.write(driver.run.overlay()))).isEqualTo(driver.run.overlay());
		assertThat(driver.state().hasUpdate("u1")).isFalse();
	}

	@Test
	void shouldForgetRejectionsAfterAMinute() {
		turn(tokenOfUpdates(), rejected());
		driver.after(Duration.ofMinutes(2));
		turn(tokenOfUpdates(), rejected());
		assertThat(driver.run.overlay().rejections()).hasSize(1);
	}

	@Test
	void shouldNotAcceptTwice() {
		turn(tokenOfUpdates(), accepted(ADD));
		assertThat(turn(tokenOfUpdates(), accepted(ADD))).isEqualTo(new Decision.Stale(false));
	}

	@Test
	void shouldRefuseOutcomesOfUpdatesThatAreNotOpen() {
		assertThat(turn(tokenOfUpdates(), accepted(ADD), new TurnCommand.CompleteUpdate("other", Payload.NULL, null)))
			.isInstanceOfSatisfying(Decision.Rejected.class,
					(refused) -> assertThat(refused.message()).contains("update 'other' to be accepted and open"));
		assertThat(turn(tokenOfUpdates(), accepted(ADD), DONE, DONE)).isInstanceOf(Decision.Rejected.class);
	}

	@Test
	void shouldKnowAfterTheEndWhatWasAccepted() {
		turn(tokenOfUpdates(), accepted(ADD), DONE, new TurnCommand.CompleteWorkflow(Payload.NULL));
		assertThat(driver.state().isClosed()).isTrue();
		assertThat(driver.send(update("u1"))).isEqualTo(new Decision.Duplicate());
		assertThat(driver.send(update("u2"))).isInstanceOfSatisfying(Decision.Rejected.class,
				(refused) -> assertThat(refused.code()).isEqualTo(ErrorCode.WORKFLOW_CLOSED));
		assertThat(StateJson.read(StateJson.write(driver.state()))).isEqualTo(driver.state());
	}

	@Test
	void shouldStartWithASignal() {
		Command.StartWorkflow start = RunDriver.startCommand();
		Command.StartWorkflow both = new Command.StartWorkflow(start.key(), start.workflowType(), start.taskQueue(),
				start.arguments(), start.requestId(), start.idReusePolicy(), start.idConflictPolicy(), start.lifetime(),
				new Command.SignalWorkflow(start.key(), "note", Payload.json("[1]"), start.requestId()));
		assertThat(Kernel.start(both, new DecisionContext(RunDriver.T0, 0, Limits.DEFAULT))).isInstanceOfSatisfying(
				Decision.Accepted.class,
				(accepted) -> assertThat(accepted.events()).extracting((event) -> event.getClass().getSimpleName())
					.containsExactly("WorkflowStarted", "WorkflowSignaled"));
	}

}
