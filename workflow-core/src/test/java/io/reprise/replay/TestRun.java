package io.reprise.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.reprise.convert.FailureConverter;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.WorkflowTask;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run whose every turn is checked: before each turn a cold machine replays the history
 * so far, and from then on lives along with the others; all must decide the same and come
 * to the same state. So each test also cuts its history at every marker and goes on.
 */
final class TestRun implements AutoCloseable {

	final TestEngine engine = new TestEngine();

	private final TestCode code;

	private final MachineServices services;

	private final List<WorkflowMachine> machines = new ArrayList<>();

	private final List<WorkflowMachine> closed = new ArrayList<>();

	/**
	 * What side effects may read: the same on all machines in a turn, never the same
	 * twice, and negative during replay, where nobody must look.
	 */
	static final AtomicLong OUTSIDE = new AtomicLong();

	TestRun(TestCode code) {
		this(code, ReplayLimits.DEFAULT);
	}

	TestRun(TestCode code, ReplayLimits limits) {
		this.code = code;
		services = services(limits, SliceListener.NONE);
		machines.add(machine(code));
	}

	static MachineServices services(ReplayLimits limits, SliceListener slices) {
		return new MachineServices(TestCode.CONVERTER, new FailureConverter(TestCode.CONVERTER),
				(type, settings) -> ActivityPolicy.DEFAULT, limits, slices);
	}

	/** Starts the run and runs its first turn. */
	static TestRun started(TestCode code, Object... arguments) {
		TestRun run = new TestRun(code);
		run.engine.start(arguments);
		run.turn();
		return run;
	}

	WorkflowMachine machine(TestCode of) {
		return new WorkflowMachine(of, TestEngine.INFO, services);
	}

	/** Runs a turn on all machines; all must end it alike. */
	TurnResult.Completed turn() {
		TurnResult result = tryTurn(engine.task());
		assertThat(result).isInstanceOf(TurnResult.Completed.class);
		return (TurnResult.Completed) result;
	}

	/** Runs a turn whose task was made before further inputs came. */
	TurnResult.Completed turn(WorkflowTask task) {
		return (TurnResult.Completed) tryTurn(task);
	}

	TurnResult.Bug bug() {
		TurnResult result = tryTurn(engine.task());
		assertThat(result).isInstanceOf(TurnResult.Bug.class);
		return (TurnResult.Bug) result;
	}

	List<TurnCommand> commands() {
		return turn().commands();
	}

	private TurnResult tryTurn(WorkflowTask task) {
		machines.add(replayed(engine.copy()));
		TurnResult first = live(machines.getFirst(), task);
		for (WorkflowMachine other : machines.subList(1, machines.size())) {
			TurnResult result = live(other, task);
			if (first instanceof TurnResult.Completed mine && result instanceof TurnResult.Completed its) {
				assertThat(its.commands()).usingRecursiveComparison()
					.ignoringFieldsMatchingRegexes(".*stackTrace")
					.isEqualTo(mine.commands());
				assertThat(its.time()).isEqualTo(mine.time());
				assertThat(its.unpatched()).isEqualTo(mine.unpatched());
			}
			else {
				assertThat(result).isEqualTo(first);
			}
		}
		if (first instanceof TurnResult.Completed completed) {
			long markerId = engine.take(task, completed);
			if (markerId > 0) {
				machines.forEach(machine -> machine.committed(markerId));
				assertSameState();
			}
			else {
				retireAll();
				machines.add(replayed(engine.copy()));
			}
		}
		return first;
	}

	private TurnResult live(WorkflowMachine machine, WorkflowTask task) {
		OUTSIDE.set(engine.history.size() * 1000L);
		return machine.turn(task);
	}

	private void assertSameState() {
		WorkflowMachine cold = replayed(engine.copy());
		machines.add(cold);
		String state = state();
		for (WorkflowMachine machine : machines) {
			assertThat(state(machine)).isEqualTo(state);
			assertThat(machine.isClosed()).isEqualTo(engine.closed);
			assertThat(machine.lastMarkerId()).isEqualTo(engine.lastMarkerId);
		}
		// Two machines at the same marker would only repeat each other.
		machines.remove(cold);
		retire(cold);
	}

	private WorkflowMachine replayed(List<RecordedEvent> history) {
		WorkflowMachine machine = machine(code);
		OUTSIDE.set(-1_000_000);
		assertThat(machine.replay(history)).isNull();
		return machine;
	}

	/** Replays the whole history with other code. */
	TurnResult.Bug replayWith(TestCode other) {
		WorkflowMachine machine = machine(other);
		TurnResult.Bug bug = machine.replay(engine.copy());
		retire(machine);
		return bug;
	}

	/** Goes on with other code, as after a deployment. */
	TestRun deployed(TestCode other) {
		return deployed(other, ReplayLimits.DEFAULT);
	}

	TestRun deployed(TestCode other, ReplayLimits limits) {
		TestRun next = new TestRun(other, limits);
		next.engine.history.addAll(engine.history);
		next.engine.activities.putAll(engine.activities);
		next.engine.timers.putAll(engine.timers);
		next.engine.settled.addAll(engine.settled);
		next.engine.now = engine.now;
		next.engine.lastMarkerId = engine.lastMarkerId;
		next.engine.seenUpTo = engine.seenUpTo;
		next.engine.closed = engine.closed;
		next.retireAll();
		next.machines.add(next.replayed(engine.copy()));
		close();
		return next;
	}

	WorkflowMachine warm() {
		return machines.getFirst();
	}

	String state() {
		return state(warm());
	}

	Object query(String name, Object... arguments) {
		Payload answer = warm().query(name, TestCode.CONVERTER.toArguments(arguments));
		return TestCode.CONVERTER.fromPayload(answer, Object.class);
	}

	private static String state(WorkflowMachine machine) {
		return (String) TestCode.CONVERTER.fromPayload(machine.query("state", Payload.NO_ARGUMENTS), String.class);
	}

	private void retireAll() {
		List.copyOf(machines).forEach(this::retire);
		machines.clear();
	}

	private void retire(WorkflowMachine machine) {
		machine.close();
		closed.add(machine);
	}

	@Override
	public void close() {
		retireAll();
		assertThat(closed).allSatisfy(machine -> assertThat(machine.liveThreads()).isZero());
	}

}
