package io.reprise.it.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;

import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.WorkflowTask;
import io.reprise.spi.StoreException;
import io.reprise.spi.TurnAhead;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Turns that run before their input is durable. The test decides when each ends.
 */
class TurnAheadTests extends EngineScene {

	private final List<CompletableFuture<CommandResult>> answers = new ArrayList<>();

	private BiConsumer<WorkflowTask, TurnAhead> worker = (task, turn) -> turn.decline();

	@Override
	RecordingDispatch newDispatch() {
		return new RecordingDispatch() {

			@Override
			public boolean dispatchAhead(WorkflowTask task, TurnAhead turn) {
				worker.accept(task, turn);
				return true;
			}

		};
	}

	private void answerAtOnce(TurnCommand... commands) {
		worker = (task, turn) -> answers.add(turn.submit(outcome(task, commands)));
	}

	private static Command outcome(WorkflowTask task, TurnCommand... commands) {
		return new Command.CompleteTask(task.key(), task.token(), task.time(), "build", List.of(commands), List.of());
	}

	@Test
	void shouldWriteAnInputAndItsTurnAsOneTransition() {
		answerAtOnce(schedule(1, ActivityPolicy.DEFAULT));
		accepted(start("run-1"));

		assertThat(answers.getFirst().join()).isInstanceOfSatisfying(CommandResult.Accepted.class,
				(accepted) -> assertThat(accepted.lastEventId()).isEqualTo(2));
		assertThat(store.history("run-1", 1)).hasSize(1);
		assertThat(dispatch.takeWorkflowTasks()).isEmpty();

		ActivityTask task = dispatch.takeActivityTask();
		answerAtOnce(new TurnCommand.CompleteWorkflow(Payload.NULL));
		accepted(new Command.CompleteActivity(task.key(), 1, 1, Payload.NULL));

		assertThat(store.history("run-1", 1)).hasSize(2);
		assertThat(history("run-1")).last().isInstanceOf(HistoryEvent.WorkflowCompleted.class);
		assertThat(dispatch.cancelled()).isEmpty();
	}

	@Test
	void shouldLetNothingOutBeforeTheCommit() {
		answerAtOnce(schedule(1, ActivityPolicy.DEFAULT));
		store.failNext(StoreException.Outcome.NOTHING_WRITTEN);
		CompletableFuture<CommandResult> started = engine.submit(start("run-1"));

		assertThat(started).isNotDone();
		assertThat(answers.getFirst().join()).isInstanceOf(CommandResult.Stale.class);
		assertThat(dispatch.isEmpty()).isTrue();

		resumeLane();
		Awaitility.await().until(started::isDone);
		assertThat(answers).hasSize(2);
		assertThat(answers.get(1).join()).isInstanceOf(CommandResult.Accepted.class);
		dispatch.takeActivityTask();
	}

	@Test
	void shouldDispatchAsUsualWhatTheWorkerDeclines() {
		accepted(start("run-1"));

		assertThat(dispatch.takeWorkflowTask().token().seenUpTo()).isEqualTo(1);
	}

	@Test
	void shouldGoOnWithoutATurnThatTakesTooLong() {
		TurnAhead[] late = new TurnAhead[1];
		WorkflowTask[] task = new WorkflowTask[1];
		worker = (given, turn) -> {
			task[0] = given;
			late[0] = turn;
		};
		CompletableFuture<CommandResult> started = CompletableFuture.supplyAsync(() -> submit(start("run-1")));
		Awaitility.await().until(() -> {
			clock.advance(Duration.ofMillis(5));
			return started.isDone();
		});

		assertThat(dispatch.takeWorkflowTasks()).as("the turn still runs").isEmpty();
		assertThat(late[0].isInputDurable()).isTrue();
		assertThat(late[0].submit(outcome(task[0], schedule(1, ActivityPolicy.DEFAULT))).join())
			.isInstanceOf(CommandResult.Accepted.class);
		dispatch.takeActivityTask();
	}

	@Test
	void shouldDispatchALateTurnThatIsDeclinedAfterAll() {
		TurnAhead[] late = new TurnAhead[1];
		worker = (given, turn) -> late[0] = turn;
		CompletableFuture<CommandResult> started = CompletableFuture.supplyAsync(() -> submit(start("run-1")));
		Awaitility.await().until(() -> {
			clock.advance(Duration.ofMillis(5));
			return started.isDone();
		});

		late[0].decline();
		dispatch.takeWorkflowTask();
	}

	@Test
	void shouldNotKeepATurnWaitingWhoseInputIsLost() {
		CompletableFuture<Boolean> awaited = new CompletableFuture<>();
		worker = (given, turn) -> Thread.startVirtualThread(() -> awaited.complete(turn.awaitInput()));
		store.failNext(StoreException.Outcome.NOTHING_WRITTEN);
		CompletableFuture<CommandResult> started = engine.submit(start("run-1"));
		assertThat(awaited.join()).isFalse();

		worker = (task, turn) -> turn.decline();
		resumeLane();
		started.join();
	}

	@Test
	void shouldNotBlameAnActivityForWhatTheTurnDecided() {
		answerAtOnce(schedule(1, ActivityPolicy.DEFAULT));
		accepted(start("run-1"));
		ActivityTask task = dispatch.takeActivityTask();
		answerAtOnce(schedule(2, ActivityPolicy.DEFAULT));
		store.failNext(StoreException.Outcome.REFUSED);
		CompletableFuture<CommandResult> completed = engine
			.submit(new Command.CompleteActivity(task.key(), 1, 1, Payload.NULL));

		assertThat(outcomeOf(completed)).isInstanceOf(CommandResult.Accepted.class);
		assertThat(answers.get(1).join()).isInstanceOf(CommandResult.Stale.class);
		dispatch.takeWorkflowTask();
	}

	@Test
	void shouldRunNoTurnAheadOfOneThatIsNotDurable() {
		accepted(start("run-1"));
		WorkflowTask first = dispatch.takeWorkflowTask();
		worker = (task, turn) -> {
			throw new AssertionError("Expected no turn ahead, as the worker still has the workflow, but found " + task);
		};
		store.failNext(StoreException.Outcome.NOTHING_WRITTEN);
		CompletableFuture<CommandResult> unlucky = engine.submit(outcome(first));
		CompletableFuture<CommandResult> signal = engine
			.submit(new Command.SignalWorkflow(LATEST, "hold", Payload.NO_ARGUMENTS, "request-1"));

		resumeLane();

		assertThat(unlucky.join()).isInstanceOf(CommandResult.Accepted.class);
		assertThat(signal.join()).isInstanceOf(CommandResult.Accepted.class);
		assertThat(store.history("run-1", 1)).hasSize(2);
		// Effects follow the answer
		Awaitility.await().until(() -> !dispatch.isEmpty());
		assertThat(dispatch.takeWorkflowTask().token().seenUpTo()).isEqualTo(3);
	}

	private static Object outcomeOf(CompletableFuture<CommandResult> future) {
		try {
			return future.join();
		}
		catch (CompletionException ex) {
			return (ex.getCause() instanceof StoreException failure) ? failure.outcome() : ex.getCause();
		}
	}

}
