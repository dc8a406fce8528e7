package io.reprise.it.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.engine.Engine;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.WorkflowTask;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.StoreException.Outcome;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of those who wait for an answer when a commit fails in a way that nobody
 * expects.
 */
class EngineFaultTests extends EngineScene {

	private volatile Runnable beforeCommit = () -> {
	};

	/** Ids of runs whose history is damaged. */
	private volatile Predicate<String> damaged = (runId) -> false;

	@Override
	HistoryStore seenStore() {
		return (HistoryStore) Proxy.newProxyInstance(HistoryStore.class.getClassLoader(),
				new Class<?>[] { HistoryStore.class }, (proxy, method, args) -> {
					if (method.getName().equals("commit")) {
						beforeCommit.run();
					}
					if (method.getName().equals("load")
							&& ((Collection<?>) args[0]).stream().anyMatch((id) -> damaged.test((String) id))) {
						throw new IllegalStateException("Damaged history");
					}
					try {
						return method.invoke(store, args);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	@Test
	void shouldTellClientsThatTheStoreIsAwayThoughWorkersWaitBeforeThem() {
		accepted(start("run-1"));
		complete(dispatch.takeWorkflowTask(),
				IntStream.rangeClosed(1, 40)
					.mapToObj((id) -> schedule(id, ActivityPolicy.DEFAULT))
					.toArray(TurnCommand[]::new));
		store.setDown(true);
		List<CompletableFuture<CommandResult>> workers = new ArrayList<>();
		for (int id = 1; id <= 40; id++) {
			workers.add(engine.submit(new Command.CompleteActivity(new ExecutionKey("default", "order-1", "run-1"), id,
					1, Payload.NULL)));
		}
		CompletableFuture<CommandResult> client = engine
			.submit(new Command.SignalWorkflow(LATEST, "hold", Payload.NO_ARGUMENTS, "request-1"));

		Awaitility.await().until(() -> {
			clock.advance(Duration.ofSeconds(3));
			return client.isDone();
		});

		assertThat(client.exceptionNow()).isInstanceOfSatisfying(WorkflowException.class,
				(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
		assertThat(workers).noneMatch(CompletableFuture::isDone);
		store.setDown(false);
		Awaitility.await().until(() -> {
			clock.advance(Duration.ofSeconds(3));
			return workers.stream().allMatch(CompletableFuture::isDone);
		});
	}

	@Test
	void shouldAnswerWhoseCommitFailsAfterTheStop() {
		CountDownLatch committing = new CountDownLatch(1);
		CountDownLatch stopped = new CountDownLatch(1);
		beforeCommit = () -> {
			committing.countDown();
			await(stopped);
		};
		store.failNext(Outcome.NOTHING_WRITTEN);
		CompletableFuture<CommandResult> answer = CompletableFuture
			.supplyAsync(() -> engine.submit(start("run-1")).join());
		await(committing);

		engine.stop(true);
		stopped.countDown();

		Awaitility.await().until(answer::isCompletedExceptionally);
	}

	@Test
	void shouldTryAgainWhenTheJvmFailsOnce() {
		beforeCommit = () -> {
			beforeCommit = () -> {
			};
			throw new StackOverflowError("made up");
		};

		accepted(start("run-1"));

		assertThat(dispatch.takeWorkflowTasks()).hasSize(1);
	}

	@Test
	void shouldAnswerWithTheErrorThatKeepsComingBack() {
		beforeCommit = () -> {
			throw new NoClassDefFoundError("made up");
		};

		CompletableFuture<CommandResult> answer = engine.submit(start("run-1"));

		assertThat(answer.exceptionNow()).isInstanceOf(NoClassDefFoundError.class);
		beforeCommit = () -> {
		};
		accepted(start("run-1"));
		WorkflowTask task = dispatch.takeWorkflowTask();
		assertThat(task.key().runId()).isEqualTo("run-1");
	}

	@Test
	void shouldTakeOverOthersThoughOneRunCannotBeReadAndThatOneLater() {
		accepted(start("order-1", "run-1"));
		accepted(start("order-2", "run-2"));
		store.killNode("node-1");
		damaged = "run-1"::equals;
		RecordingDispatch there = newDispatch();
		Engine survivor = newEngine(there, Duration.ofSeconds(1));

		survivor.start();

		assertThat(there.takeWorkflowTasks()).extracting((task) -> task.key().runId()).containsExactly("run-2");
		damaged = (runId) -> false;
		Awaitility.await().until(() -> dispatches(there, "run-1"));
		survivor.stop(true);
	}

	@Test
	void shouldFireTimersOfOthersThoughOneRunCannotBeReadAndThatOneLater() {
		sleepAnHour("order-1", "run-1");
		sleepAnHour("order-2", "run-2");
		engine.stop(true);
		damaged = "run-1"::equals;
		clock.advance(Duration.ofHours(2));
		RecordingDispatch there = newDispatch();
		Engine next = newEngine(there, Duration.ofSeconds(1));

		next.start();

		assertThat(there.takeWorkflowTasks()).extracting((task) -> task.key().runId()).containsExactly("run-2");
		damaged = (runId) -> false;
		Awaitility.await().until(() -> dispatches(there, "run-1"));
		next.stop(true);
	}

	@Test
	void shouldFindWhatIsDueBehindManyThatCannotBeMoved() {
		for (int i = 0; i < 510; i++) {
			sleepAnHour("damaged-" + i, "damaged-" + i);
		}
		clock.advance(Duration.ofSeconds(1));
		sleepAnHour("order-1", "run-1");
		engine.stop(true);
		damaged = (runId) -> runId.startsWith("damaged");
		clock.advance(Duration.ofHours(2));
		RecordingDispatch there = newDispatch();
		Engine next = newEngine(there, Duration.ofSeconds(1));

		next.start();

		assertThat(there.takeWorkflowTasks()).extracting((task) -> task.key().runId()).containsExactly("run-1");
		next.stop(true);
	}

	private void sleepAnHour(String workflowId, String runId) {
		accepted(start(workflowId, runId));
		complete(dispatch.takeWorkflowTask(), new TurnCommand.StartTimer(1, Duration.ofHours(1)));
	}

	private boolean dispatches(RecordingDispatch there, String runId) {
		clock.advance(Duration.ofSeconds(10));
		return there.takeWorkflowTasks().stream().anyMatch((task) -> task.key().runId().equals(runId));
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
