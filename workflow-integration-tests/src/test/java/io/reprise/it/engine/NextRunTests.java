package io.reprise.it.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.reprise.ErrorCode;
import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.Lifetime;
import io.reprise.RetrySettings;
import io.reprise.WorkflowStatus;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.WorkflowTask;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunRecord;
import io.reprise.spi.StoreException.Outcome;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run closes and the next begins, or neither, whatever the store does.
 */
class NextRunTests extends EngineScene {

	private static final TurnCommand CONTINUE = new TurnCommand.ContinueAsNew("Order", Payload.json("[2]"), 1);

	@Test
	void shouldBeginTheNextRunAndLetMessagesReachIt() {
		accepted(start("run-1"));
		WorkflowTask task = dispatch.takeWorkflowTask();
		submit(new Command.SignalWorkflow(LATEST, "note", Payload.NO_ARGUMENTS, "signal-1"));

		assertThat(complete(task, CONTINUE)).isInstanceOf(CommandResult.Accepted.class);

		WorkflowTask next = dispatch.takeWorkflowTask();
		assertThat(next.inputs()).hasSize(2);
		assertThat(next.inputs().getLast().event())
			.isEqualTo(new HistoryEvent.WorkflowSignaled("note", Payload.NO_ARGUMENTS, "signal-1"));
		assertThat(accepted(new Command.SignalWorkflow(LATEST, "note", Payload.NO_ARGUMENTS, "signal-2")).key())
			.isEqualTo(next.key());
		assertThat(submit(new Command.SignalWorkflow(LATEST, "note", Payload.NO_ARGUMENTS, "signal-1")))
			.isEqualTo(new CommandResult.Duplicate(next.key()));
		assertThat(runs()).extracting(RunRecord::status)
			.containsExactly(WorkflowStatus.CONTINUED_AS_NEW, WorkflowStatus.RUNNING);
	}

	@Test
	void shouldBeginOneRunWhenTheCommitWasWrittenButNotAnswered() {
		accepted(start("run-1"));
		store.failNextAfterWriting();
		CompletableFuture<CommandResult> answer = continueNow();
		resumeLane();

		Awaitility.await().until(answer::isDone);
		assertThat(answer.join()).isInstanceOf(CommandResult.Stale.class);
		assertOneNextRun();
	}

	@Test
	void shouldBeginOneRunWhenTheCommitWasNotWritten() {
		accepted(start("run-1"));
		store.failNext(Outcome.UNKNOWN);
		CompletableFuture<CommandResult> answer = continueNow();
		resumeLane();

		Awaitility.await().until(answer::isDone);
		assertThat(answer.join()).isInstanceOf(CommandResult.Accepted.class);
		assertOneNextRun();
	}

	@Test
	void shouldBeginNoRunAfterOneThatSomebodyElseHasEnded() {
		accepted(start("run-1"));
		WorkflowTask task = dispatch.takeWorkflowTask();
		String owner = runs().getFirst().owner();
		store.killNode(owner);
		store.adopt(owner, "elsewhere", List.of("Order"), 10);

		assertThat(complete(task, CONTINUE)).isInstanceOf(CommandResult.Stale.class);

		assertThat(runs()).singleElement()
			.satisfies((run) -> assertThat(run.status()).isEqualTo(WorkflowStatus.RUNNING));
	}

	@Test
	void shouldHoldTheWorkflowIdAsTheRunBeforeDid() {
		accepted(start("run-1"));
		complete(dispatch.takeWorkflowTask(), CONTINUE);
		ExecutionKey next = dispatch.takeWorkflowTask().key();

		assertThat(submit(start("run-2"))).isInstanceOfSatisfying(CommandResult.Rejected.class, (rejected) -> {
			assertThat(rejected.code()).isEqualTo(ErrorCode.WORKFLOW_ALREADY_STARTED);
			assertThat(rejected.message()).contains(next.runId());
		});
		assertThat(submit(start("run-3", "run-1", IdReusePolicy.REJECT_DUPLICATE, IdConflictPolicy.FAIL)))
			.isEqualTo(new CommandResult.Duplicate(next));
		assertThat(submit(start("run-4", "run-4", IdReusePolicy.REJECT_DUPLICATE, IdConflictPolicy.USE_EXISTING)))
			.isEqualTo(new CommandResult.Accepted(next, 1));
		accepted(start("run-5", "run-5", IdReusePolicy.ALLOW_DUPLICATE, IdConflictPolicy.TERMINATE_EXISTING));
		assertThat(runs()).extracting(RunRecord::status)
			.containsExactly(WorkflowStatus.CONTINUED_AS_NEW, WorkflowStatus.TERMINATED, WorkflowStatus.RUNNING);
	}

	@Test
	void shouldGetTheSignalThatCameWithTheStartIfNoTurnHasSeenIt() {
		Command.StartWorkflow start = start("run-1");
		Command signal = new Command.SignalWorkflow(start.key(), "note", Payload.NO_ARGUMENTS, start.requestId());
		Command.StartWorkflow withSignal = new Command.StartWorkflow(start.key(), start.workflowType(),
				start.taskQueue(), start.arguments(), start.requestId(), start.idReusePolicy(),
				start.idConflictPolicy(),
				new Lifetime(null, Duration.ofMinutes(1), RetrySettings.defaults(), Duration.ZERO, null, null), signal);
		accepted(withSignal);
		dispatch.takeWorkflowTask();

		clock.advance(Duration.ofMinutes(1));
		Awaitility.await().until(() -> runs().size() == 2);
		clock.advance(Duration.ofMinutes(1));

		Awaitility.await().until(() -> !dispatch.isEmpty());
		WorkflowTask next = dispatch.takeWorkflowTask();
		assertThat(next.inputs().getLast().event())
			.isEqualTo(new HistoryEvent.WorkflowSignaled("note", Payload.NO_ARGUMENTS, start.requestId()));
		assertThat(submit(withSignal)).isInstanceOf(CommandResult.Duplicate.class);
		assertThat(history(next.key().runId())).hasSize(2);
	}

	@Test
	void shouldWakeTheNextRunWhenItIsDue() {
		Command.StartWorkflow start = start("run-1");
		accepted(new Command.StartWorkflow(start.key(), start.workflowType(), start.taskQueue(), start.arguments(),
				start.requestId(), start.idReusePolicy(), start.idConflictPolicy(),
				new Lifetime(null, null, null, Duration.ofMinutes(1), null, null)));
		assertThat(runs().getFirst().owner()).isNull();
		assertThat(dispatch.isEmpty()).isTrue();

		clock.advance(Duration.ofSeconds(59));
		assertThat(dispatch.isEmpty()).isTrue();
		clock.advance(Duration.ofSeconds(1));

		Awaitility.await().until(() -> !dispatch.isEmpty());
		assertThat(dispatch.takeWorkflowTask().key()).isEqualTo(start.key());
	}

	private static Command start(String runId, String requestId, IdReusePolicy reuse, IdConflictPolicy conflict) {
		return new Command.StartWorkflow(new ExecutionKey("default", "order-1", runId), "Order", "default",
				Payload.NO_ARGUMENTS, requestId, reuse, conflict);
	}

	private CompletableFuture<CommandResult> continueNow() {
		WorkflowTask task = dispatch.takeWorkflowTask();
		return engine.submit(
				new Command.CompleteTask(task.key(), task.token(), task.time(), "build", List.of(CONTINUE), List.of()));
	}

	private void assertOneNextRun() {
		Awaitility.await().until(() -> !dispatch.isEmpty());
		List<RunRecord> runs = runs();
		assertThat(runs).extracting(RunRecord::status)
			.containsExactly(WorkflowStatus.CONTINUED_AS_NEW, WorkflowStatus.RUNNING);
		assertThat(dispatch.takeWorkflowTask().key()).isEqualTo(runs.getLast().key());
	}

	private List<RunRecord> runs() {
		return store.list(new RunQuery("default", List.of(), RunQuery.Field.START_TIME, false, 10, null)).runs();
	}

}
