package io.reprise.it.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.ActivitySettings;
import io.reprise.ErrorCode;
import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.Workflow;
import io.reprise.client.EmbeddedRunSource;
import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.definition.ActivityBean;
import io.reprise.definition.ActivityOptionsResolver;
import io.reprise.definition.ActivityRegistry;
import io.reprise.definition.ActivityStubs;
import io.reprise.definition.WorkflowRegistry;
import io.reprise.engine.Engine;
import io.reprise.engine.EngineSettings;
import io.reprise.kernel.Limits;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.WorkflowTask;
import io.reprise.replay.ReplayLimits;
import io.reprise.spi.PayloadConverter;
import io.reprise.spi.StoreException;
import io.reprise.spi.StoreException.Outcome;
import io.reprise.spi.TaskDispatch;
import io.reprise.testkit.InMemoryHistoryStore;
import io.reprise.testkit.VirtualClock;
import io.reprise.worker.Worker;
import io.reprise.worker.WorkerSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine refuses what a worker hands in: a run goes on, or says why it does not.
 */
class RefusedOutcomeTests {

	private static final ExecutionKey KEY = new ExecutionKey("default", "order-1", "run-1");

	private static final AtomicInteger CALLS = new AtomicInteger();

	private final VirtualClock clock = new VirtualClock();

	private final InMemoryHistoryStore store = new InMemoryHistoryStore(clock);

	private volatile Predicate<Command> refused = (command) -> false;

	private Engine engine;

	private Worker worker;

	@BeforeEach
	void start() {
		CALLS.set(0);
		PayloadConverter converter = JacksonPayloadConverter.withDefaults();
		ActivityRegistry activities = ActivityRegistry.of(List.of(new ActivityBean("desk", Desk.class, Desk::new)));
		WorkflowRegistry workflows = WorkflowRegistry.of(List.of(Stamping.class), new ActivityStubs(), converter);
		worker = new Worker(WorkerSettings.defaults("build"), workflows, activities, converter,
				new ActivityOptionsResolver(activities, Map.of(), ActivitySettings.none()), ReplayLimits.DEFAULT, clock,
				clock, clock);
		engine = new Engine(
				new EngineSettings(1, 16, 100, Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1),
						Duration.ofSeconds(10), Duration.ZERO, Duration.ofDays(1), Limits.DEFAULT),
				store, store, new OneByOne(worker), clock, () -> "node", () -> Set.of("Stamping"));
		worker.start(this::submit, new EmbeddedRunSource(engine.runs()));
		engine.start();
	}

	@AfterEach
	void stop() {
		engine.stop(true);
		worker.stop();
	}

	private CompletableFuture<CommandResult> submit(Command command) {
		return refused.test(command)
				? CompletableFuture.failedFuture(new StoreException(Outcome.REFUSED, "made to be refused", null))
				: engine.submit(command);
	}

	@Test
	void shouldStallARunWhoseTurnIsRefused() {
		refused = Command.CompleteTask.class::isInstance;

		startWorkflow();

		Awaitility.await().until(() -> store.find("run-1").orElseThrow().stall() != null);
		assertThat(store.find("run-1").orElseThrow().stall().code()).isEqualTo(ErrorCode.WORKFLOW_BUG);
		assertThat(store.find("run-1").orElseThrow().stall().message()).contains("made to be refused");
		refused = (command) -> false;
		awaitEnd();
	}

	@Test
	void shouldTryAgainWhenNotEvenTheStallCanBeWritten() {
		AtomicInteger stalls = new AtomicInteger();
		refused = (command) -> command instanceof Command.CompleteTask
				|| command instanceof Command.StallTask && stalls.incrementAndGet() > 0;

		startWorkflow();

		Awaitility.await().until(() -> stalls.get() > 0);
		refused = (command) -> false;
		awaitEnd();
	}

	@Test
	void shouldAttemptAgainWhatCannotBeRecorded() {
		AtomicInteger results = new AtomicInteger();
		refused = (command) -> command instanceof Command.CompleteActivity && results.incrementAndGet() == 1;

		startWorkflow();

		awaitEnd();
		assertThat(CALLS).hasValue(2);
	}

	@Test
	void shouldKeepAnAttemptOfWhichNothingCanBeRecorded() {
		AtomicInteger reports = new AtomicInteger();
		refused = (command) -> (command instanceof Command.CompleteActivity || command instanceof Command.FailActivity)
				&& reports.incrementAndGet() > 0;

		startWorkflow();

		Awaitility.await().until(() -> reports.get() >= 3 || advance());
		assertThat(CALLS).hasValue(1);
		refused = (command) -> false;
		awaitEnd();
		assertThat(CALLS).hasValue(2);
	}

	private void startWorkflow() {
		CommandResult result = engine
			.submit(new Command.StartWorkflow(KEY, "Stamping", "default", Payload.NO_ARGUMENTS, "request-1",
					IdReusePolicy.ALLOW_DUPLICATE, IdConflictPolicy.FAIL))
			.join();
		assertThat(result).isInstanceOf(CommandResult.Accepted.class);
	}

	private boolean advance() {
		clock.advance(Duration.ofSeconds(20));
		return false;
	}

	private void awaitEnd() {
		Awaitility.await().until(() -> store.find("run-1").orElseThrow().status().isClosed() || advance());
		assertThat(engine.runs().history("run-1").stream().map(RecordedEvent::event).toList()).last()
			.isInstanceOf(HistoryEvent.WorkflowCompleted.class);
	}

	/** Stamps. */
	@Activity
	public static class Desk {

		@ActivityOptions(startToCloseTimeout = "1d")
		public String stamp() {
			return "stamp " + CALLS.incrementAndGet();
		}

	}

	/** Wants a stamp. */
	@Workflow("Stamping")
	public static class Stamping {

		private final Desk desk;

		Stamping(Desk desk) {
			this.desk = desk;
		}

		@Workflow.Run
		public String run() {
			return desk.stamp();
		}

	}

	/** Lets no turn run ahead, so that each outcome comes by itself. */
	private record OneByOne(TaskDispatch worker) implements TaskDispatch {

		@Override
		public void dispatch(WorkflowTask task) {
			worker.dispatch(task);
		}

		@Override
		public void dispatch(ActivityTask task) {
			worker.dispatch(task);
		}

		@Override
		public void cancelActivity(ExecutionKey key, int activityId) {
			worker.cancelActivity(key, activityId);
		}

		@Override
		public void runClosed(ExecutionKey key) {
			worker.runClosed(key);
		}

	}

}
