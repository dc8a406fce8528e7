package io.reprise.testkit.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.reprise.ActivitySettings;
import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.Lifetime;
import io.reprise.WorkflowInfo;
import io.reprise.convert.FailureConverter;
import io.reprise.definition.ActivityOptionsResolver;
import io.reprise.definition.ActivityRegistry;
import io.reprise.engine.Engine;
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
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoreException;
import io.reprise.spi.WriteOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the simulator found, told plainly: a seed tells another story some day.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FoundBugsTests extends FoundBugsScene {

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
	void shouldNotBeginARunBeforeItsTimeForAnUpdate() {
		Engine engine = engine("b", store, dispatched);
		Instant due = clock.instant().plus(Duration.ofMinutes(1));
		engine
			.submit(new Command.StartWorkflow(RUN, "Program", "default", Payload.NO_ARGUMENTS, "run-1",
					IdReusePolicy.ALLOW_DUPLICATE, IdConflictPolicy.FAIL,
					new Lifetime(null, null, null, Duration.ofMinutes(1), null, null)))
			.join();

		engine.submit(new Command.UpdateWorkflow(RUN, "update-1", "change", Payload.NO_ARGUMENTS));
		clock.advance(Duration.ofMinutes(1));

		WorkflowTask first = dispatched.next();
		assertThat(first.time()).isAfterOrEqualTo(due);
		assertThat(first.updates()).hasSize(1);
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

}
