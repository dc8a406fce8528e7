package io.reprise.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import io.reprise.ActivityCall;
import io.reprise.ActivityFailure;
import io.reprise.ActivitySettings;
import io.reprise.CancellationScope;
import io.reprise.ErrorCode;
import io.reprise.Placement;
import io.reprise.Promise;
import io.reprise.WorkflowContext;
import io.reprise.Workflows;
import io.reprise.convert.FailureConverter;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.LocalAttempt;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.WorkflowTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalActivityTests {

	private static final ActivitySettings LOCAL = ActivitySettings.none().withPlacement(Placement.LOCAL);

	private final TestEngine engine = new TestEngine();

	private final Locals locals = new Locals();

	@Test
	void shouldRecordOutcomesWhereTheyAreDelivered() {
		TestCode code = TestCode.run(flow -> {
			flow.log(call("A.a", 1));
			Workflows.timer(Duration.ofSeconds(1));
			flow.log(call("A.b", 2));
			return null;
		});
		engine.start();
		locals.answers("A.a", "one").answers("A.b", "two");

		try (WorkflowMachine machine = machine(code)) {
			turn(machine);

			assertThat(kinds()).containsExactly("WorkflowStarted", "WorkflowTaskCompleted", "LocalActivityCompleted",
					"TimerStarted", "LocalActivityCompleted", "WorkflowCompleted");
			assertThat(state(machine)).isEqualTo("[one, two] {}");
		}
		assertThat(replayedState(code)).isEqualTo("[one, two] {}");
	}

	@Test
	void shouldDeliverOutcomesInTheOrderInWhichTheyCame() {
		TestCode code = TestCode.run(flow -> {
			Promise<?> first = Workflows.async(() -> {
				flow.log(call("A.a"));
				return null;
			});
			Promise<?> second = Workflows.async(() -> {
				flow.log(call("A.b"));
				return null;
			});
			first.get();
			second.get();
			return null;
		});
		engine.start();
		locals.answers("A.b", "b").answers("A.a", "a");

		try (WorkflowMachine machine = machine(code)) {
			turn(machine);

			assertThat(state(machine)).isEqualTo("[b, a] {}");
		}
		assertThat(replayedState(code)).isEqualTo("[b, a] {}");
	}

	@Test
	void shouldAdvanceNowByTheTimeOfTheOutcome() {
		TestCode code = TestCode.run(flow -> {
			flow.log(Duration.between(TestEngine.START, Workflows.now()));
			call("A.a");
			flow.log(Duration.between(TestEngine.START, Workflows.now()));
			Workflows.await(() -> false);
			return null;
		});
		engine.start();
		locals.time = TestEngine.START.plusSeconds(3);
		locals.answers("A.a", 1);

		try (WorkflowMachine machine = machine(code)) {
			turn(machine);

			assertThat(state(machine)).isEqualTo("[PT0S, PT3S] {}");
			assertThat(marker().time()).isEqualTo(TestEngine.START);
		}
		assertThat(replayedState(code)).isEqualTo("[PT0S, PT3S] {}");
	}

	@Test
	void shouldThrowWhatTheLastAttemptFailedWith() {
		TestCode code = TestCode.run(flow -> {
			try {
				call("A.a");
			}
			catch (ActivityFailure ex) {
				flow.log(ex.activityType() + " " + ex.attempts() + " " + ex.isCausedBy("Boom"));
			}
			return null;
		});
		engine.start();
		locals.outcomes.add(started -> new LocalOutcome.Failed(1, 4, locals.time, boom()));

		try (WorkflowMachine machine = machine(code)) {
			turn(machine);

			assertThat(state(machine)).isEqualTo("[A.a 4 true] {}");
		}
		assertThat(replayedState(code)).isEqualTo("[A.a 4 true] {}");
	}

	@Test
	void shouldGoOnWithTheNextAttemptAfterATimer() {
		TestCode code = waiting();
		engine.start();
		locals.outcomes.add(started -> new LocalOutcome.BackedOff(1, 2, locals.time, boom(), Duration.ofMinutes(1)));
		try (WorkflowMachine machine = machine(code)) {
			turn(machine);
		}
		assertThat(kinds()).containsExactly("WorkflowStarted", "WorkflowTaskCompleted", "LocalActivityBackedOff");

		engine.fire(1);
		Locals later = new Locals();
		later.answers("A.a", "done");
		try (WorkflowMachine machine = replayed(code)) {
			turn(machine, later);

			assertThat(later.started).singleElement().satisfies(call -> {
				assertThat(call.attempt()).isEqualTo(3);
				assertThat(call.lastFailure()).isEqualTo(boom());
				assertThat(call.scheduledAt()).isEqualTo(TestEngine.START);
			});
			assertThat(state(machine)).isEqualTo("[done] {}");
		}
		assertThat(replayedState(code)).isEqualTo("[done] {}");
	}

	@Test
	void shouldNotTryAgainBeforeTheTimerHasFired() {
		TestCode code = waiting().signal("poke", (flow, argument) -> flow.log("poked"));
		engine.start();
		locals.outcomes.add(started -> new LocalOutcome.BackedOff(1, 1, locals.time, boom(), Duration.ofMinutes(1)));
		try (WorkflowMachine machine = machine(code)) {
			turn(machine);
		}
		engine.signal("poke");

		Locals later = new Locals();
		try (WorkflowMachine machine = replayed(code)) {
			turn(machine, later);

			assertThat(later.started).isEmpty();
			assertThat(state(machine)).isEqualTo("[poked] {}");
		}
	}

	@Test
	void shouldHandInWhatIsUnderWayAndGoOnWithIt() {
		TestCode code = waiting();
		engine.start();
		try (WorkflowMachine machine = machine(code)) {
			locals.attempt = 2;
			TurnResult.Completed first = turn(machine);
			assertThat(first.underWay()).containsExactly(new LocalAttempt(1, "A.a", 2));

			WorkflowTask task = engine.task();
			assertThat(machine.turn(task, InputBarrier.OPEN, locals)).isInstanceOf(TurnResult.Waiting.class);
			locals.answers("A.a", "done");
			engine.take(task, (TurnResult.Completed) machine.turn(task, InputBarrier.OPEN, locals));

			assertThat(locals.started).hasSize(1);
			assertThat(state(machine)).isEqualTo("[done] {}");
		}
		assertThat(replayedState(code)).isEqualTo("[done] {}");
	}

	@Test
	void shouldBeginAgainAtTheAttemptThatWasUnderWay() {
		TestCode code = waiting();
		engine.start();
		try (WorkflowMachine machine = machine(code)) {
			locals.attempt = 2;
			turn(machine);
		}

		Locals later = new Locals();
		later.answers("A.a", "done");
		try (WorkflowMachine machine = replayed(code)) {
			turn(machine, later);

			assertThat(later.started).singleElement().extracting(LocalCall::attempt).isEqualTo(2);
		}
	}

	@Test
	void shouldHandInAnIdleTurnIfSomethingElseWaits() {
		engine.start();
		try (WorkflowMachine machine = machine(waiting())) {
			turn(machine);
			locals.wanted = true;

			TurnResult.Completed turn = turn(machine);

			assertThat(turn.commands()).isEmpty();
			assertThat(turn.underWay()).hasSize(1);
		}
	}

	@Test
	void shouldDropWhatAScopeCancels() {
		TestCode code = TestCode.run(flow -> {
			CancellationScope[] scope = new CancellationScope[1];
			Promise<?> waiting = Workflows.async(() -> {
				Workflows.cancellationScope(() -> {
					scope[0] = Workflows.currentScope();
					try {
						call("A.slow");
					}
					catch (ActivityFailure ex) {
						flow.log(ex.getCause().getClass().getSimpleName());
					}
				});
				return null;
			});
			call("A.quick");
			scope[0].cancel();
			waiting.get();
			return null;
		});
		engine.start();
		locals.answers("A.quick", 1);

		try (WorkflowMachine machine = machine(code)) {
			turn(machine);

			assertThat(locals.cancelled).contains(2);
			assertThat(state(machine)).isEqualTo("[CanceledFailure] {}");
		}
		assertThat(kinds()).contains("LocalActivityCanceled");
		assertThat(replayedState(code)).isEqualTo("[CanceledFailure] {}");
	}

	@Test
	void shouldCancelWhatIsOpenWhenTheRunEnds() {
		TestCode code = TestCode.run(flow -> {
			start("A.slow");
			return call("A.quick");
		});
		engine.start();
		locals.answers("A.quick", 1);

		try (WorkflowMachine machine = machine(code)) {
			turn(machine);
		}

		assertThat(kinds()).endsWith("LocalActivityCompleted", "LocalActivityCanceled", "WorkflowCompleted");
		assertThat(locals.cancelled).contains(1);
		assertThat(replayedState(code)).isEqualTo("[] {}");
	}

	@Test
	void shouldFailWhatHasTooLargeArgumentsWithoutRunningIt() {
		TestCode code = TestCode.run(flow -> {
			try {
				call("A.a", "x".repeat(200));
			}
			catch (ActivityFailure ex) {
				flow.log(ex.isCausedBy("PayloadTooLarge"));
			}
			return null;
		});
		engine.start();

		try (WorkflowMachine machine = new WorkflowMachine(code, TestEngine.INFO,
				TestRun.services(new ReplayLimits(100, 10, 10), SliceListener.NONE))) {
			turn(machine);
		}

		assertThat(locals.started).isEmpty();
		assertThat(replayedState(code)).isEqualTo("[true] {}");
	}

	@Test
	void shouldReplayWithAnotherPlacement() {
		engine.start();
		locals.answers("A.a", "done");
		try (WorkflowMachine machine = machine(waiting())) {
			turn(machine);
		}
		engine.closed = false;
		TestCode queued = TestCode.run(flow -> {
			flow.log(Acts.call("A.a"));
			return null;
		});

		assertThat(replayedState(queued)).isEqualTo("[done] {}");
	}

	@Test
	void shouldReplayAQueuedActivityThatIsLocalNow() {
		engine.start();
		try (WorkflowMachine machine = machine(TestCode.run(flow -> Acts.call("A.a")))) {
			turn(machine);
		}
		engine.complete(1, "done");

		try (WorkflowMachine machine = replayed(waiting())) {
			turn(machine);

			assertThat(locals.started).isEmpty();
			assertThat(state(machine)).isEqualTo("[done] {}");
		}
	}

	@Test
	void shouldNameALocalActivityThatTheCodeNoLongerCalls() {
		engine.start();
		locals.answers("A.a", "done");
		try (WorkflowMachine machine = machine(waiting())) {
			turn(machine);
		}

		assertThat(mismatch(TestCode.run(flow -> {
			Workflows.await(() -> false);
			return null;
		}))).contains("runs local activity A.a (1) (event 3); but now it does nothing more");
		assertThat(mismatch(TestCode.run(flow -> call("A.b"))))
			.contains("runs local activity A.a (1) (event 3); but now it schedules activity A.b (1)");
		assertThat(mismatch(TestCode.run(flow -> {
			Workflows.sleep(Duration.ofSeconds(1));
			return null;
		}))).contains("runs local activity A.a (1) (event 3); but now it starts a timer (1)");
	}

	@Test
	void shouldHandInAfterManyOutcomes() {
		TestCode code = TestCode.run(flow -> {
			for (int i = 0; i < 1_500; i++) {
				call("A.a");
			}
			return null;
		});
		engine.start();
		for (int i = 0; i < 1_500; i++) {
			locals.answers("A.a", i);
		}

		try (WorkflowMachine machine = machine(code)) {
			TurnResult.Completed first = turn(machine);
			assertThat(first.commands()).hasSize(1_000);
			assertThat(first.underWay()).hasSize(1);
			assertThat(turn(machine).commands()).hasSize(501);
		}
		assertThat(replayedState(code)).isEqualTo("[] {}");
	}

	@Test
	void shouldBeginNothingBeforeTheInputIsDurable() {
		engine.start();
		try (WorkflowMachine machine = machine(waiting())) {
			machine.turn(engine.task(), () -> false, locals);

			assertThat(locals.started).isEmpty();
			assertThat(machine.isUsable()).isFalse();
		}
	}

	private static TestCode waiting() {
		return TestCode.run(flow -> {
			flow.log(call("A.a"));
			return null;
		});
	}

	private static @Nullable Object call(String type, @Nullable Object... arguments) {
		return start(type, arguments).get();
	}

	private static Promise<@Nullable Object> start(String type, @Nullable Object... arguments) {
		return WorkflowContext.current().startActivity(new ActivityCall(type, LOCAL, Object.class, arguments));
	}

	private static Failure boom() {
		return new Failure.Application("Boom", "it failed", null, false, null, null, null);
	}

	private TurnResult.Completed turn(WorkflowMachine machine) {
		return turn(machine, locals);
	}

	private TurnResult.Completed turn(WorkflowMachine machine, LocalActivities host) {
		WorkflowTask task = engine.task();
		TurnResult result = machine.turn(task, InputBarrier.OPEN, host);
		assertThat(result).isInstanceOf(TurnResult.Completed.class);
		TurnResult.Completed completed = (TurnResult.Completed) result;
		machine.committed(engine.take(task, completed));
		return completed;
	}

	private static MachineServices services() {
		return new MachineServices(TestCode.CONVERTER, new FailureConverter(TestCode.CONVERTER),
				(type, settings) -> ActivityPolicy.DEFAULT, ReplayLimits.DEFAULT);
	}

	private static WorkflowMachine machine(TestCode code) {
		return new WorkflowMachine(code, TestEngine.INFO, services());
	}

	private WorkflowMachine replayed(TestCode code) {
		WorkflowMachine machine = machine(code);
		assertThat(machine.replay(engine.copy())).isNull();
		return machine;
	}

	private String replayedState(TestCode code) {
		try (WorkflowMachine machine = replayed(code)) {
			return state(machine);
		}
	}

	private String mismatch(TestCode code) {
		try (WorkflowMachine machine = machine(code)) {
			TurnResult.Bug bug = machine.replay(engine.copy());
			assertThat(bug).isNotNull();
			assertThat(bug.code()).isEqualTo(ErrorCode.NON_DETERMINISM);
			return bug.message();
		}
	}

	private static String state(WorkflowMachine machine) {
		return (String) TestCode.CONVERTER.fromPayload(machine.query("state", Payload.NO_ARGUMENTS), String.class);
	}

	private List<String> kinds() {
		return engine.history.stream().map(recorded -> recorded.event().getClass().getSimpleName()).toList();
	}

	private HistoryEvent.WorkflowTaskCompleted marker() {
		return engine.history.stream()
			.map(RecordedEvent::event)
			.filter(HistoryEvent.WorkflowTaskCompleted.class::isInstance)
			.map(HistoryEvent.WorkflowTaskCompleted.class::cast)
			.findFirst()
			.orElseThrow();
	}

	/** Runs nothing: outcomes come as they were told. */
	private static final class Locals implements LocalActivities {

		private final List<LocalCall> started = new ArrayList<>();

		private final List<Integer> cancelled = new ArrayList<>();

		private final Queue<Answer> outcomes = new ArrayDeque<>();

		private Instant time = TestEngine.START;

		private int attempt = 1;

		private boolean wanted;

		Locals answers(String type, @Nullable Object result) {
			outcomes.add(calls -> calls.reversed()
				.stream()
				.filter(call -> call.activityType().equals(type))
				.findFirst()
				.map(call -> new LocalOutcome.Completed(call.activityId(), call.attempt(), time,
						TestCode.CONVERTER.toPayload(result)))
				.orElseThrow());
			return this;
		}

		@Override
		public void start(LocalCall call) {
			started.add(call);
		}

		@Override
		public @Nullable LocalOutcome next(boolean patient) {
			Answer answer = outcomes.poll();
			return (answer != null) ? answer.of(started) : null;
		}

		@Override
		public int attempt(int activityId) {
			return attempt;
		}

		@Override
		public void cancel(int activityId) {
			cancelled.add(activityId);
		}

		@Override
		public boolean isTurnWanted() {
			return wanted;
		}

	}

	private interface Answer {

		LocalOutcome of(List<LocalCall> started);

	}

}
