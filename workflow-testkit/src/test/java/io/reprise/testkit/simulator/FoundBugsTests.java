package io.reprise.testkit.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.reprise.ActivitySettings;
import io.reprise.ErrorCode;
import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.WorkflowInfo;
import io.reprise.convert.FailureConverter;
import io.reprise.definition.ActivityOptionsResolver;
import io.reprise.definition.ActivityRegistry;
import io.reprise.engine.Engine;
import io.reprise.engine.EngineSettings;
import io.reprise.kernel.Limits;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.WorkflowTask;
import io.reprise.replay.MachineServices;
import io.reprise.replay.ReplayLimits;
import io.reprise.replay.TurnResult;
import io.reprise.replay.WorkflowMachine;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.IdSource;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoreException;
import io.reprise.spi.TaskDispatch;
import io.reprise.spi.WriteOutcome;
import io.reprise.testkit.InMemoryHistoryStore;
import io.reprise.testkit.VirtualClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the simulator found, told plainly: a seed tells another story some day.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FoundBugsTests {

	private static final Duration NEVER = Duration.ofDays(1_000);

	private static final ExecutionKey RUN = new ExecutionKey(ExecutionKey.DEFAULT_NAMESPACE, "order", "run-1");

	private static final ExecutionKey LATEST = new ExecutionKey(ExecutionKey.DEFAULT_NAMESPACE, "order", "");

	private final VirtualClock clock = new VirtualClock();

	private final InMemoryHistoryStore store = new InMemoryHistoryStore(clock);

	private final Dispatched dispatched = new Dispatched();

	@Test
	void shouldDispatchAnAdoptedRunThatItRemembersAsAnothersOwn() {
		engine("a", store, new Dispatched()).submit(start("run-1", IdConflictPolicy.FAIL)).join();
		Engine survivor = engine("b", store, dispatched);
		survivor.submit(start("run-2", IdConflictPolicy.USE_EXISTING)).join();
		store.killNode("a");
		store.adopt("a", "b", Set.of("Program"), 10);

		CommandResult result = survivor.submit(new Command.AdoptRun(RUN, true)).join();

		assertThat(result).isInstanceOf(CommandResult.Accepted.class);
		assertThat(dispatched.next().key()).isEqualTo(RUN);
	}

	@Test
	void shouldNotEndARunOnASignalThatWasLeftForIt() {
		Engine owner = engine("a", store, dispatched);
		owner.submit(start("run-1", IdConflictPolicy.FAIL)).join();
		WorkflowTask task = dispatched.next();
		CommandResult left = engine("b", store, new Dispatched()).submit(signal("late")).join();

		CommandResult closing = owner.submit(turn(task, List.of(new TurnCommand.CompleteWorkflow(Payload.NULL))))
			.join();

		assertThat(left).isInstanceOf(CommandResult.Accepted.class);
		assertThat(closing).isInstanceOf(CommandResult.Stale.class);
		assertThat(dispatched.next().inputs()).extracting(event -> event.event().getClass().getSimpleName())
			.containsExactly("WorkflowStarted", "WorkflowSignaled");
	}

	@Test
	void shouldDispatchWhatWasNotSeenThoughTheRunIsReadAnewForItsMessages() {
		Busy busy = new Busy(store);
		Engine engine = engine("a", busy, dispatched);
		engine.submit(start("run-1", IdConflictPolicy.FAIL)).join();
		WorkflowTask task = dispatched.next();
		engine.submit(signal("unseen")).join();
		busy.begin(engine);

		var closing = engine.submit(turn(task, List.of(new TurnCommand.CompleteWorkflow(Payload.NULL))));
		engine.submit(new Command.TakeMessages(RUN));
		busy.end();

		assertThat(closing.join()).isInstanceOf(CommandResult.Stale.class);
		assertThat(List.of(dispatched.next(), dispatched.next())).anySatisfy((again) -> {
			assertThat(again.key()).isEqualTo(RUN);
			assertThat(again.inputs()).hasSize(2);
		});
	}

	@Test
	void shouldAnswerTheLastTurnOfARunWhoseStartComesAgainInTheSameBatch() {
		Busy busy = new Busy(store);
		Engine engine = engine("a", busy, dispatched);
		engine.submit(start("run-1", IdConflictPolicy.FAIL)).join();
		WorkflowTask task = dispatched.next();
		busy.begin(engine);

		var closing = engine.submit(turn(task, List.of(new TurnCommand.CompleteWorkflow(Payload.NULL))));
		var again = engine.submit(start("run-1", IdConflictPolicy.FAIL));
		busy.end();

		assertThat(closing.join()).isInstanceOf(CommandResult.Accepted.class);
		assertThat(again.join()).isEqualTo(new CommandResult.Duplicate(RUN));
	}

	@Test
	void shouldStartOnceThoughTheRunOfTheSameRequestHasBegunAndEndedMeanwhile() {
		Engine other = engine("b", store, dispatched);
		AtomicBoolean frozen = new AtomicBoolean(true);
		Engine engine = engine("a", new ForwardingStore(store) {

			@Override
			public List<WriteOutcome> commit(List<RunWrite> writes) {
				if (frozen.getAndSet(false)) {
					runToItsEnd(other, requested("run-2"));
				}
				return super.commit(writes);
			}

		}, new Dispatched());

		CommandResult result = engine.submit(requested("run-1")).join();

		assertThat(result).isEqualTo(new CommandResult.Duplicate(run("run-2")));
		assertThat(store.find("run-1")).isEmpty();
	}

	@Test
	void shouldNotStartInPlaceOfARunOfTheSameBatchThatIsNotCreated() {
		Engine other = engine("b", store, dispatched);
		runToItsEnd(other, start("run-1", IdConflictPolicy.FAIL));
		clock.advance(Duration.ofSeconds(1));
		runToItsEnd(other, requested("run-2"));
		Busy busy = new Busy(store);
		Engine engine = engine("a", busy, new Dispatched());
		busy.begin(engine);

		var first = engine.submit(start("run-1", IdConflictPolicy.FAIL));
		var second = engine.submit(requested("run-3", IdReusePolicy.ALLOW_DUPLICATE));
		busy.end();

		assertThat(first.join()).isEqualTo(new CommandResult.Duplicate(RUN));
		assertThat(second.join()).isEqualTo(new CommandResult.Duplicate(run("run-2")));
		assertThat(store.find("run-3")).isEmpty();
	}

	@Test
	void shouldNotEndARunInFavourOfAStartThatComesAgain() {
		Engine engine = engine("a", store, dispatched);
		Command first = start("run-1", IdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY, IdConflictPolicy.TERMINATE_EXISTING);
		engine.submit(first).join();
		engine.submit(new Command.TerminateWorkflow(LATEST, "no longer needed", "t")).join();
		clock.advance(Duration.ofSeconds(1));
		engine.submit(start("run-2", IdConflictPolicy.FAIL)).join();

		CommandResult again = engine.submit(first).join();

		assertThat(again).isEqualTo(new CommandResult.Duplicate(RUN));
		assertThat(store.find("run-2")).hasValueSatisfying(run -> assertThat(run.status().isClosed()).isFalse());
	}

	@Test
	void shouldMindHowARunEndedThatWasOpenWhenItWasLookedUp() {
		Engine other = engine("b", store, dispatched);
		other.submit(start("run-1", IdConflictPolicy.FAIL)).join();
		AtomicBoolean slow = new AtomicBoolean(true);
		Engine engine = engine("a", new ForwardingStore(store) {

			@Override
			public Optional<RunRecord> findLatest(String namespace, String workflowId) {
				Optional<RunRecord> latest = super.findLatest(namespace, workflowId);
				if (slow.getAndSet(false)) {
					complete(other);
				}
				return latest;
			}

		}, new Dispatched());

		CommandResult result = engine.submit(requested("run-2", IdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY)).join();

		assertThat(result).isInstanceOfSatisfying(CommandResult.Rejected.class,
				rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.WORKFLOW_ALREADY_STARTED));
		assertThat(store.find("run-2")).isEmpty();
	}

	@Test
	void shouldBeginAfterARunThatBeganWhileTheLatestWasLookedUp() {
		Engine other = engine("b", store, dispatched);
		Engine engine = engine("a", new ForwardingStore(store) {

			@Override
			public Optional<RunRecord> findLatest(String namespace, String workflowId) {
				clock.advance(Duration.ofSeconds(1));
				runToItsEnd(other, start("run-1", IdConflictPolicy.FAIL));
				return super.findLatest(namespace, workflowId);
			}

		}, new Dispatched());

		engine.submit(requested("run-0")).join();
		engine.submit(new Command.TerminateWorkflow(run("run-0"), "no longer needed", "t")).join();

		assertThat(store.findLatest(RUN.namespace(), RUN.workflowId()))
			.hasValueSatisfying(latest -> assertThat(latest.key()).isEqualTo(run("run-0")));
	}

	@Test
	void shouldGoOnWithARunWhoseClientWasToldThatItsStartMayNotHaveTakenEffect() {
		Engine engine = engine("a", store, dispatched);
		store.failNextAfterWriting();
		var answer = engine.submit(start("run-1", IdConflictPolicy.FAIL));
		store.setDown(true);

		letTimePassUntil(answer::isDone);
		store.setDown(false);
		letTimePassUntil(engine::isIdle);

		assertThat(answer).isCompletedExceptionally();
		assertThat(dispatched.next().key()).isEqualTo(RUN);
	}

	@Test
	void shouldNotHandOverWhatANodeHasUnderWayThatComesBackAsAnother() {
		List<Boolean> drained = new ArrayList<>();
		AtomicInteger incarnations = new AtomicInteger();
		NodeRegistry unsure = new ForwardingRegistry(store) {

			@Override
			public List<ExecutionKey> adopt(String gone, String nodeId, Collection<String> types, int limit) {
				throw new StoreException(StoreException.Outcome.UNKNOWN, "Expected an answer, but found none", null);
			}

			@Override
			public void leave(String nodeId, boolean isDrained) {
				drained.add(isDrained);
				super.leave(nodeId, isDrained);
			}

		};
		Engine engine = engine("a", store, unsure, () -> "a" + incarnations.incrementAndGet(), dispatched);

		engine.callerCommands().lookForCommitted().join();
		engine.stop(true);

		assertThat(incarnations).hasValue(2);
		assertThat(drained).containsExactly(false, true);
	}

	@Test
	void shouldRecogniseAStartWhoseRunIsNoLongerTheLatest() {
		Engine engine = engine("a", store, dispatched);
		engine.submit(start("run-1", IdConflictPolicy.FAIL)).join();
		engine.submit(start("run-2", IdConflictPolicy.TERMINATE_EXISTING)).join();
		engine.submit(new Command.TerminateWorkflow(LATEST, "no longer needed", "t")).join();

		CommandResult result = engine.submit(start("run-1", IdConflictPolicy.FAIL)).join();

		assertThat(result).isEqualTo(new CommandResult.Duplicate(RUN));
	}

	@Test
	void shouldCarryOutTheEffectsOfACommitWithUnknownOutcomeWhateverIsRemembered() {
		Engine engine = engine("a", store, dispatched);
		engine.submit(start("run-1", IdConflictPolicy.FAIL)).join();
		engine.submit(turn(dispatched.next(), List.of())).join();
		store.failNextAfterWriting();

		var answer = engine.submit(signal("hello"));
		clock.advance(Duration.ofSeconds(1));

		assertThat(answer.join()).isInstanceOf(CommandResult.Duplicate.class);
		assertThat(dispatched.next().token()).isEqualTo(new TaskToken(2, 3));
	}

	@Test
	void shouldCarryOutEffectsThoughTheClockCannotBeReadAfterTheCommit() {
		AtomicBoolean committed = new AtomicBoolean();
		Engine engine = engine("a", new ForwardingStore(store) {

			@Override
			public List<WriteOutcome> commit(List<RunWrite> writes) {
				List<WriteOutcome> outcomes = super.commit(writes);
				committed.set(true);
				return outcomes;
			}

			@Override
			public Instant now() {
				if (committed.getAndSet(false)) {
					throw new StoreException(StoreException.Outcome.NOTHING_WRITTEN, "away", null);
				}
				return super.now();
			}

		}, dispatched);
		engine.submit(start("run-1", IdConflictPolicy.FAIL)).join();
		WorkflowTask first = dispatched.next();
		engine.submit(signal("hello")).join();

		engine.submit(turn(first, List.of(new TurnCommand.StartTimer(1, NEVER)))).join();

		assertThat(dispatched.next().token()).isEqualTo(new TaskToken(3, 2));
	}

	@Test
	void shouldBeginNoAttemptOfARunThatWasTakenOverBeforeItIsToldSo() {
		Engine first = engine("a", store, dispatched);
		first.submit(start("run-1", IdConflictPolicy.FAIL)).join();
		first
			.submit(turn(dispatched.next(), List.of(new TurnCommand.ScheduleActivity(1, "Chores.perform",
					Payload.NO_ARGUMENTS, ActivityPolicy.DEFAULT))))
			.join();
		assertThat(dispatched.attempts).extracting(ActivityTask::attempt).containsExactly(1);
		store.killNode("a");
		Dispatched atSurvivor = new Dispatched();
		List<Engine> survivor = new CopyOnWriteArrayList<>();
		NodeRegistry registry = new ForwardingRegistry(store) {

			@Override
			public List<ExecutionKey> adopt(String gone, String nodeId, Collection<String> types, int limit) {
				List<ExecutionKey> adopted = super.adopt(gone, nodeId, types, limit);
				if (!adopted.isEmpty()) {
					survivor.getFirst().submit(start("run-1", IdConflictPolicy.FAIL)).join();
				}
				return adopted;
			}

		};
		survivor.add(newEngine("b", store, registry, () -> "b", atSurvivor));

		survivor.getFirst().start();

		assertThat(atSurvivor.attempts).extracting(ActivityTask::attempt).containsExactly(2);
	}

	@Test
	void shouldHandleTheLastSignalOfAWorkflowThatHasEnded() {
		Program program = new Program(List
			.of(Step.of(Step.Kind.ANY, 0, 0, Step.of(Step.Kind.AWAIT, 1, 60_000), Step.of(Step.Kind.AWAIT, 3, 60_000))),
				List.of());
		RecordedEvent started = event(1, new HistoryEvent.WorkflowStarted("Program", "default",
				SimulatedNode.CONVERTER.toArguments(program), "run-1"));
		try (WorkflowMachine machine = machine()) {
			machine.turn(task(0, started));
			machine.committed(2);

			TurnResult result = machine.turn(task(2, signaled(3, "one"), signaled(4, "two")));

			assertThat(((TurnResult.Completed) result).commands()).last()
				.isInstanceOf(TurnCommand.CompleteWorkflow.class);
			Payload answer = machine.query("report", Payload.NO_ARGUMENTS);
			assertThat(SimulatedNode.CONVERTER.fromPayload(answer, Report.class))
				.isEqualTo(new Report(List.of("await true"), List.of("one", "two")));
		}
	}

	private Engine engine(String node, HistoryStore seen, TaskDispatch dispatch) {
		return engine(node, seen, store, () -> node, dispatch);
	}

	private Engine engine(String node, HistoryStore seen, NodeRegistry registry, IdSource ids, TaskDispatch dispatch) {
		Engine engine = newEngine(node, seen, registry, ids, dispatch);
		engine.start();
		return engine;
	}

	private Engine newEngine(String node, HistoryStore seen, NodeRegistry registry, IdSource ids,
			TaskDispatch dispatch) {
		return new Engine(
				new EngineSettings(1, 256, node.equals("a") ? 0 : 100, Duration.ZERO, NEVER, NEVER,
						Duration.ofSeconds(10), Duration.ZERO, NEVER, Limits.DEFAULT),
				seen, registry, dispatch, clock, ids, () -> Set.of("Program"));
	}

	/** What waits sets its next timer in a thread of its own. */
	private void letTimePassUntil(BooleanSupplier end) {
		while (!end.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
			clock.advance(Duration.ofSeconds(2));
			Thread.yield();
		}
	}

	private void runToItsEnd(Engine engine, Command start) {
		engine.submit(start).join();
		complete(engine);
	}

	private void complete(Engine engine) {
		engine.submit(turn(dispatched.next(), List.of(new TurnCommand.CompleteWorkflow(Payload.NULL)))).join();
	}

	private static ExecutionKey run(String runId) {
		return new ExecutionKey(RUN.namespace(), RUN.workflowId(), runId);
	}

	private static Command requested(String runId) {
		return start(runId, "request", IdReusePolicy.ALLOW_DUPLICATE, IdConflictPolicy.FAIL);
	}

	private static Command requested(String runId, IdReusePolicy reuse) {
		return start(runId, "request", reuse, IdConflictPolicy.TERMINATE_EXISTING);
	}

	private static Command start(String runId, IdConflictPolicy onRunning) {
		return start(runId, IdReusePolicy.ALLOW_DUPLICATE, onRunning);
	}

	private static Command start(String runId, IdReusePolicy onClosed, IdConflictPolicy onRunning) {
		return start(runId, runId, onClosed, onRunning);
	}

	private static Command start(String runId, String requestId, IdReusePolicy onClosed, IdConflictPolicy onRunning) {
		return new Command.StartWorkflow(run(runId), "Program", "default", Payload.NO_ARGUMENTS, requestId, onClosed,
				onRunning);
	}

	private static Command signal(String label) {
		return new Command.SignalWorkflow(LATEST, "signal", SimulatedNode.CONVERTER.toArguments(label), label);
	}

	private static Command turn(WorkflowTask task, List<TurnCommand> commands) {
		return new Command.CompleteTask(task.key(), task.token(), task.time(), "build", commands, List.of());
	}

	private WorkflowMachine machine() {
		MachineServices services = new MachineServices(SimulatedNode.CONVERTER,
				new FailureConverter(SimulatedNode.CONVERTER),
				new ActivityOptionsResolver(ActivityRegistry.of(List.of()), Map.of(), ActivitySettings.none()),
				ReplayLimits.DEFAULT);
		return new WorkflowMachine(SimulatedNode.WORKFLOWS.require("Program"),
				new WorkflowInfo(RUN.namespace(), RUN.workflowId(), RUN.runId(), "Program", "default", clock.instant()),
				services);
	}

	private WorkflowTask task(long lastMarkerId, RecordedEvent... inputs) {
		return new WorkflowTask(RUN, "Program", "default", new TaskToken(lastMarkerId, inputs[inputs.length - 1].id()),
				clock.instant(), List.of(inputs));
	}

	private RecordedEvent signaled(long id, String label) {
		return event(id,
				new HistoryEvent.WorkflowSignaled("signal", SimulatedNode.CONVERTER.toArguments(label), label));
	}

	private RecordedEvent event(long id, HistoryEvent event) {
		return new RecordedEvent(id, clock.instant(), event);
	}

	private static final class Dispatched implements TaskDispatch {

		private final BlockingQueue<WorkflowTask> turns = new LinkedBlockingQueue<>();

		private final List<ActivityTask> attempts = new CopyOnWriteArrayList<>();

		WorkflowTask next() {
			try {
				@Nullable WorkflowTask task = turns.poll(10, TimeUnit.SECONDS);
				assertThat(task).describedAs("the next turn").isNotNull();
				return task;
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}

		@Override
		public void dispatch(WorkflowTask task) {
			turns.add(task);
		}

		@Override
		public void dispatch(ActivityTask task) {
			attempts.add(task);
		}

		@Override
		public void cancelActivity(ExecutionKey key, int activityId) {
			throw new AssertionError("Expected no activity");
		}

		@Override
		public void runClosed(ExecutionKey key) {
			// What it keeps of the run can stay.
		}

	}

	/**
	 * Commits a run of its own for as long as a test likes, so that the rest is a batch.
	 */
	private static final class Busy extends ForwardingStore {

		private final CountDownLatch committing = new CountDownLatch(1);

		private final CountDownLatch go = new CountDownLatch(1);

		Busy(HistoryStore store) {
			super(store);
		}

		@Override
		public List<WriteOutcome> commit(List<RunWrite> writes) {
			if (writes.getFirst().record().key().workflowId().equals("busy")) {
				committing.countDown();
				await(go);
			}
			return super.commit(writes);
		}

		void begin(Engine engine) {
			Command other = new Command.StartWorkflow(new ExecutionKey(ExecutionKey.DEFAULT_NAMESPACE, "busy", "run-2"),
					"Program", "default", Payload.NO_ARGUMENTS, "run-2", IdReusePolicy.ALLOW_DUPLICATE,
					IdConflictPolicy.FAIL);
			// Whoever submits to an idle lane commits
			Thread.ofVirtual().start(() -> engine.submit(other));
			await(committing);
		}

		void end() {
			go.countDown();
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

}
