package io.reprise.it.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.reprise.ErrorCode;
import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.WorkflowException;
import io.reprise.WorkflowStatus;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.WorkflowTask;
import io.reprise.spi.StoreException.Outcome;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What one engine decides, and how it goes on when its store fails.
 */
class EngineTests extends EngineScene {

	@Test
	void shouldDispatchATaskOnceTheStartIsDurable() {
		accepted(start("run-1"));

		WorkflowTask task = dispatch.takeWorkflowTask();
		assertThat(task.key().runId()).isEqualTo("run-1");
		assertThat(task.inputs()).hasSize(1);
		assertThat(store.find("run-1")).isPresent();
	}

	@Test
	void shouldRunAWorkflowToItsEnd() {
		accepted(start("run-1"));
		complete(dispatch.takeWorkflowTask(), schedule(1, ActivityPolicy.DEFAULT));
		ActivityTask activity = dispatch.takeActivityTask();
		accepted(new Command.CompleteActivity(activity.key(), 1, 1, Payload.json("\"receipt\"")));
		complete(dispatch.takeWorkflowTask(), new TurnCommand.CompleteWorkflow(Payload.json("\"done\"")));

		assertThat(history("run-1")).extracting((event) -> event.getClass().getSimpleName())
			.containsExactly("WorkflowStarted", "WorkflowTaskCompleted", "ActivityScheduled", "ActivityCompleted",
					"WorkflowTaskCompleted", "WorkflowCompleted");
		assertThat(dispatch.closed()).hasSize(1);
		assertThat(store.find("run-1").orElseThrow().owner()).isNull();
	}

	@Test
	void shouldAnswerWaitersWhenARunCloses() {
		accepted(start("run-1"));
		CompletableFuture<?> closed = engine.runs().whenClosed(new ExecutionKey("default", "order-1", "run-1"));
		assertThat(closed).isNotDone();

		complete(dispatch.takeWorkflowTask(), new TurnCommand.CompleteWorkflow(Payload.NULL));

		assertThat(closed).isCompleted();
		assertThat(engine.runs().whenClosed(new ExecutionKey("default", "order-1", "run-1"))).isCompleted();
	}

	@Test
	void shouldStartOnceWhenTheOutcomeOfTheCommitIsUnknown() {
		store.failNextAfterWriting();
		CompletableFuture<CommandResult> answer = engine.submit(start("run-1"));
		assertThat(answer).isNotDone();
		resumeLane();

		Awaitility.await().until(answer::isDone);
		assertThat(answer.join())
			.isEqualTo(new CommandResult.Duplicate(new ExecutionKey("default", "order-1", "run-1")));
		Awaitility.await().untilAsserted(() -> assertThat(dispatch.takeWorkflowTasks()).hasSize(1));
		assertThat(history("run-1")).hasSize(1);
	}

	@Test
	void shouldKeepEffectsOfATurnWhoseCommitOutcomeIsUnknown() {
		accepted(start("run-1"));
		WorkflowTask task = dispatch.takeWorkflowTask();
		store.failNextAfterWriting();
		CompletableFuture<CommandResult> answer = engine.submit(new Command.CompleteTask(task.key(), task.token(),
				task.time(), "build", List.of(schedule(1, ActivityPolicy.DEFAULT)), List.of()));
		resumeLane();

		Awaitility.await().until(answer::isDone);
		assertThat(answer.join()).isInstanceOf(CommandResult.Stale.class);
		Awaitility.await().until(() -> !dispatch.isEmpty());
		assertThat(dispatch.takeActivityTask().activityId()).isEqualTo(1);
	}

	@Test
	void shouldTryAgainWhenNothingWasWritten() {
		store.failNext(Outcome.NOTHING_WRITTEN);
		CompletableFuture<CommandResult> answer = engine.submit(start("run-1"));
		resumeLane();

		Awaitility.await().until(answer::isDone);
		assertThat(answer.join()).isInstanceOf(CommandResult.Accepted.class);
	}

	@Test
	void shouldTellClientsThatTheStoreIsAwayButKeepWhatWorkersHandIn() {
		accepted(start("run-1"));
		complete(dispatch.takeWorkflowTask(), schedule(1, ActivityPolicy.DEFAULT));
		ActivityTask activity = dispatch.takeActivityTask();
		store.setDown(true);
		CompletableFuture<CommandResult> client = engine
			.submit(new Command.SignalWorkflow(LATEST, "hold", Payload.NO_ARGUMENTS, "request-1"));
		CompletableFuture<CommandResult> worker = engine
			.submit(new Command.CompleteActivity(activity.key(), 1, 1, Payload.NULL));

		Awaitility.await().until(() -> {
			clock.advance(Duration.ofSeconds(3));
			return client.isCompletedExceptionally();
		});
		assertThatThrownBy(client::join).isInstanceOf(CompletionException.class)
			.cause()
			.isInstanceOfSatisfying(WorkflowException.class,
					(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
		assertThat(worker).isNotDone();
		assertThat(engine.health().storeError()).isNotNull();

		store.setDown(false);
		Awaitility.await().until(() -> {
			clock.advance(Duration.ofSeconds(3));
			return worker.isDone();
		});
		assertThat(worker.join()).isInstanceOf(CommandResult.Accepted.class);
		assertThat(engine.health().storeError()).isNull();
	}

	@Test
	void shouldNotCommitWithTheInterruptOfTheCallerButGiveItBack() {
		AtomicBoolean seen = new AtomicBoolean();
		dispatch.onDispatch(() -> seen.set(Thread.currentThread().isInterrupted()));

		Thread.currentThread().interrupt();
		CompletableFuture<CommandResult> answer = engine.submit(start("run-1"));

		assertThat(Thread.interrupted()).isTrue();
		assertThat(answer).isCompleted();
		assertThat(dispatch.takeWorkflowTasks()).hasSize(1);
		assertThat(seen).isFalse();
	}

	@Test
	void shouldFailOnlyTheCommandThatTheStoreRefuses() {
		accepted(start("run-1"));
		store.failNext(Outcome.REFUSED);
		// Also when it is tried without anything beside it
		store.failNext(Outcome.REFUSED);
		CompletableFuture<CommandResult> refused = engine
			.submit(new Command.SignalWorkflow(LATEST, "hold", Payload.NO_ARGUMENTS, "request-1"));

		assertThat(refused).isCompletedExceptionally();
		accepted(new Command.SignalWorkflow(LATEST, "hold", Payload.NO_ARGUMENTS, "request-2"));
	}

	@Test
	void shouldReturnTheSameRunForTheSameRequestId() {
		Command.StartWorkflow first = new Command.StartWorkflow(new ExecutionKey("default", "order-1", "run-1"),
				"Order", "default", Payload.NO_ARGUMENTS, "request", IdReusePolicy.ALLOW_DUPLICATE,
				IdConflictPolicy.FAIL);
		Command.StartWorkflow second = new Command.StartWorkflow(new ExecutionKey("default", "order-1", "run-2"),
				"Order", "default", Payload.NO_ARGUMENTS, "request", IdReusePolicy.ALLOW_DUPLICATE,
				IdConflictPolicy.FAIL);
		accepted(first);

		assertThat(submit(second)).isEqualTo(new CommandResult.Duplicate(first.key()));
	}

	@Test
	void shouldRefuseASecondOpenRun() {
		accepted(start("run-1"));

		assertThat(submit(start("run-2"))).isInstanceOfSatisfying(CommandResult.Rejected.class,
				(rejected) -> assertThat(rejected.code()).isEqualTo(ErrorCode.WORKFLOW_ALREADY_STARTED));
	}

	@Test
	void shouldReplaceARunningRunWhenAskedTo() {
		accepted(start("run-1"));
		Command.StartWorkflow replacing = new Command.StartWorkflow(new ExecutionKey("default", "order-1", "run-2"),
				"Order", "default", Payload.NO_ARGUMENTS, "run-2", IdReusePolicy.ALLOW_DUPLICATE,
				IdConflictPolicy.TERMINATE_EXISTING);

		assertThat(accepted(replacing).key().runId()).isEqualTo("run-2");
		assertThat(store.find("run-1").orElseThrow().status()).isEqualTo(WorkflowStatus.TERMINATED);
		assertThat(store.find("run-2").orElseThrow().status()).isEqualTo(WorkflowStatus.RUNNING);
	}

	@Test
	void shouldUseTheExistingRunWhenAskedTo() {
		accepted(start("run-1"));
		Command.StartWorkflow using = new Command.StartWorkflow(new ExecutionKey("default", "order-1", "run-2"),
				"Order", "default", Payload.NO_ARGUMENTS, "run-2", IdReusePolicy.ALLOW_DUPLICATE,
				IdConflictPolicy.USE_EXISTING);

		assertThat(accepted(using).key().runId()).isEqualTo("run-1");
	}

	@Test
	void shouldRunTheTurnAgainWhenASignalCameBeforeTheClose() {
		accepted(start("run-1"));
		WorkflowTask blind = dispatch.takeWorkflowTask();
		accepted(new Command.SignalWorkflow(LATEST, "hold", Payload.NO_ARGUMENTS, "request-1"));

		assertThat(complete(blind, new TurnCommand.CompleteWorkflow(Payload.NULL)))
			.isInstanceOf(CommandResult.Stale.class);
		WorkflowTask again = dispatch.takeWorkflowTask();
		assertThat(again.inputs()).hasSize(2);
		assertThat(complete(again, new TurnCommand.CompleteWorkflow(Payload.NULL)))
			.isInstanceOf(CommandResult.Accepted.class);
	}

	@Test
	void shouldFireATimerWhenItIsDueAndNotBefore() {
		accepted(start("run-1"));
		Instant due = clock.instant().plus(Duration.ofDays(30));
		complete(dispatch.takeWorkflowTask(), new TurnCommand.StartTimer(1, Duration.ofDays(30)));
		assertThat(store.find("run-1").orElseThrow().owner()).isNull();

		clock.advanceTo(due.minusNanos(1_000));
		Awaitility.await().until(engine::isIdle);
		assertThat(dispatch.isEmpty()).isTrue();

		clock.advanceTo(due);
		Awaitility.await().until(() -> !dispatch.isEmpty());
		assertThat(dispatch.takeWorkflowTask().inputs().getFirst().event()).isEqualTo(new HistoryEvent.TimerFired(1));
	}

	@Test
	void shouldRetryAnActivityWithoutWritingEvents() {
		accepted(start("run-1"));
		complete(dispatch.takeWorkflowTask(), schedule(1, ActivityPolicy.DEFAULT));
		ActivityTask first = dispatch.takeActivityTask();
		accepted(new Command.FailActivity(first.key(), 1, 1,
				new Failure.Application("Timeout", "no answer", null, false, null, null, null), null));
		assertThat(dispatch.isEmpty()).isTrue();
		assertThat(history("run-1")).hasSize(3);

		clock.advance(Duration.ofSeconds(1));
		Awaitility.await().until(() -> !dispatch.isEmpty());
		assertThat(dispatch.takeActivityTask().attempt()).isEqualTo(2);
		assertThat(submit(new Command.CompleteActivity(first.key(), 1, 1, Payload.NULL)))
			.isInstanceOf(CommandResult.Stale.class);
	}

	@Test
	void shouldSaySoWhenAWorkflowIsUnknown() {
		assertThat(submit(new Command.SignalWorkflow(new ExecutionKey("default", "nobody", ""), "hold",
				Payload.NO_ARGUMENTS, "request")))
			.isInstanceOfSatisfying(CommandResult.Rejected.class,
					(rejected) -> assertThat(rejected.code()).isEqualTo(ErrorCode.WORKFLOW_NOT_FOUND));
	}

	@Test
	void shouldReachTheNewRunByItsIdAfterTheOldOneClosed() {
		accepted(start("run-1"));
		complete(dispatch.takeWorkflowTask(), new TurnCommand.CompleteWorkflow(Payload.NULL));
		accepted(start("run-2"));

		assertThat(accepted(new Command.SignalWorkflow(LATEST, "hold", Payload.NO_ARGUMENTS, "request")).key().runId())
			.isEqualTo("run-2");
	}

	@Test
	void shouldStallATurnAndTryItAgainLater() {
		accepted(start("run-1"));
		WorkflowTask task = dispatch.takeWorkflowTask();
		accepted(new Command.StallTask(task.key(), task.token(), ErrorCode.WORKFLOW_BUG, "NullPointerException",
				"build", false));
		assertThat(dispatch.isEmpty()).isTrue();
		assertThat(store.find("run-1").orElseThrow().stall()).isNotNull();

		clock.advance(Duration.ofSeconds(10));
		Awaitility.await().until(() -> !dispatch.isEmpty());
		complete(dispatch.takeWorkflowTask(), new TurnCommand.CompleteWorkflow(Payload.NULL));
		assertThat(store.find("run-1").orElseThrow().stall()).isNull();
	}

	@Test
	void shouldRefuseEverythingAfterTheStop() {
		engine.stop(true);

		assertThatThrownBy(() -> submit(start("run-1"))).hasCauseInstanceOf(WorkflowException.class)
			.hasMessageContaining("STOPPED");
	}

}
