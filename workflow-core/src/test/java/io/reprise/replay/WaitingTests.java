package io.reprise.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

import io.reprise.ActivityFailure;
import io.reprise.ApplicationFailure;
import io.reprise.ErrorCode;
import io.reprise.Promise;
import io.reprise.TimeoutFailure;
import io.reprise.WorkflowException;
import io.reprise.Workflows;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Timers, conditions and promises.
 */
class WaitingTests {

	@Test
	void shouldSleep() {
		try (TestRun run = new TestRun(TestCode.run(flow -> {
			Workflows.sleep(Duration.ofDays(30));
			flow.log(Workflows.now());
			return null;
		}))) {
			run.engine.start();
			assertThat(run.commands()).containsExactly(new TurnCommand.StartTimer(1, Duration.ofDays(30)));
			run.engine.fire(1);
			run.turn();
			assertThat(run.state()).startsWith("[2026-01-31T00:00:00Z]");
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, Long.MIN_VALUE })
	void shouldNotWaitForZeroOrLess(long seconds) {
		try (TestRun run = new TestRun(TestCode.run(flow -> {
			Workflows.sleep(Duration.ofSeconds(seconds));
			Workflows.timer(Duration.ofSeconds(seconds)).get();
			flow.log(Workflows.await(Duration.ofSeconds(seconds), () -> false));
			return null;
		}))) {
			run.engine.start();
			assertThat(run.commands()).singleElement().isInstanceOf(TurnCommand.CompleteWorkflow.class);
			assertThat(run.state()).startsWith("[false]");
		}
	}

	@Test
	void shouldStartNoTimerIfTheConditionHolds() {
		try (TestRun run = new TestRun(TestCode.run(flow -> Workflows.await(Duration.ofSeconds(1), () -> true)))) {
			run.engine.start();
			assertThat(run.commands())
				.containsExactly(new TurnCommand.CompleteWorkflow(TestCode.CONVERTER.toPayload(true)));
		}
	}

	@Test
	void shouldWithdrawTheTimerWhenTheConditionComesTrueFirst() {
		TestCode code = TestCode.run(flow -> {
			flow.log(Workflows.await(Duration.ofSeconds(1), () -> flow.has("go")));
			return Acts.call("A.a");
		}).signal("go", (flow, argument) -> flow.vars.put("go", argument));
		try (TestRun run = TestRun.started(code)) {
			run.engine.signal("go", 1);
			assertThat(run.commands()).extracting(CommandWords::of)
				.containsExactly("cancels timer (1)", "schedules activity A.a (2)");
			assertThat(run.state()).startsWith("[true]");
		}
	}

	@Test
	void shouldStopWaitingWhenTimeRunsOut() {
		TestCode code = TestCode.run(flow -> Workflows.await(Duration.ofSeconds(1), () -> flow.has("go")));
		try (TestRun run = TestRun.started(code)) {
			run.engine.fire(1);
			assertThat(run.commands())
				.containsExactly(new TurnCommand.CompleteWorkflow(TestCode.CONVERTER.toPayload(false)));
		}
	}

	@Test
	void shouldPreferTheConditionWhenTimeRunsOutAtTheSameMoment() {
		TestCode code = TestCode.run(flow -> {
			Promise<?> timer = Workflows.timer(Duration.ofSeconds(1));
			return Workflows.await(Duration.ofSeconds(5), timer::isDone);
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.fire(1);
			assertThat(run.commands()).containsExactly(new TurnCommand.CancelTimer(2),
					new TurnCommand.CompleteWorkflow(TestCode.CONVERTER.toPayload(true)));
		}
	}

	@Test
	void shouldLookAtConditionsInOrderOfCreationAfterEveryChange() {
		TestCode code = TestCode.run(flow -> {
			for (int i = 3; i > 0; i--) {
				int need = i;
				Workflows.asyncVoid(() -> {
					Workflows.await(() -> flow.log.size() >= need);
					flow.log("needed " + need);
				});
			}
			Workflows.await(() -> flow.log.size() == 4);
			return null;
		}).signal("go", (flow, argument) -> flow.log("go"));
		try (TestRun run = TestRun.started(code)) {
			run.engine.signal("go");
			run.turn();
			assertThat(run.state()).startsWith("[go, needed 1, needed 2, needed 3]");
			assertThat(run.engine.closed).isTrue();
		}
	}

	@Test
	void shouldGiveAnExceptionOfAConditionToWhoWaits() {
		TestCode code = TestCode.run(flow -> {
			try {
				Workflows.await(Duration.ofSeconds(9), () -> {
					if (flow.has("go")) {
						throw new IllegalArgumentException("odd");
					}
					return false;
				});
			}
			catch (IllegalArgumentException ex) {
				flow.log("caught " + ex.getMessage());
			}
			return null;
		}).signal("go", (flow, argument) -> flow.vars.put("go", argument));
		try (TestRun run = TestRun.started(code)) {
			run.engine.signal("go", 1);
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("cancels timer (1)", "returns");
			assertThat(run.state()).startsWith("[caught odd]");
		}
	}

	@Test
	void shouldRefuseAConditionThatDecidesOrWaits() {
		AtomicReference<Promise<?>> open = new AtomicReference<>();
		List<Runnable> forbidden = List.of(() -> Acts.start("A.a"), () -> Workflows.sleep(Duration.ofSeconds(1)),
				() -> Workflows.await(() -> true), () -> open.get().get(), () -> Workflows.patched("p"),
				Workflows::randomUuid, () -> Workflows.random().nextInt(),
				() -> Workflows.sideEffect(String.class, () -> "x"), () -> Workflows.asyncVoid(() -> {
				}), () -> Workflows.currentScope().cancel(), () -> Workflows.detachedScope(() -> {
				}));
		TestCode code = TestCode.run(flow -> {
			open.set(Workflows.timer(Duration.ofHours(1)));
			for (Runnable call : forbidden) {
				WorkflowException refusal = catchThrowableOfType(WorkflowException.class, () -> Workflows.await(() -> {
					call.run();
					return true;
				}));
				flow.log(refusal.code());
			}
			Workflows.await(() -> Workflows.now() != null && Workflows.info() != null && !open.get().isDone());
			return null;
		});
		TestEngine engine = new TestEngine();
		engine.start();
		try (WorkflowMachine machine = new WorkflowMachine(code, TestEngine.INFO,
				TestRun.services(ReplayLimits.DEFAULT, SliceListener.NONE))) {
			TurnResult.Completed turn = (TurnResult.Completed) machine.turn(engine.task());
			assertThat(turn.commands()).extracting(CommandWords::of).containsExactly("starts a timer (1)", "returns");
			assertThat(TestCode.CONVERTER.fromPayload(machine.query("state", Payload.NO_ARGUMENTS), String.class)
				.toString()).startsWith(
						new ArrayList<>(forbidden.stream().map(f -> ErrorCode.INVALID_ARGUMENT).toList()).toString());
		}
	}

	@Test
	void shouldWaitForAllAndForAny() {
		TestCode code = TestCode.run(flow -> {
			List<Promise<Object>> three = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				three.add(Acts.start("A.a", i));
			}
			flow.log(Workflows.any(three));
			flow.log(Workflows.all(three));
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.complete(2, "two");
			run.turn();
			assertThat(run.state()).startsWith("[two]");
			run.engine.complete(3, "three");
			run.engine.complete(1, "one");
			run.turn();
			assertThat(run.state()).startsWith("[two, [one, two, three]]");
		}
	}

	@Test
	void shouldGiveFailuresOfActivitiesWithTheirCauses() {
		TestCode code = TestCode.run(flow -> {
			for (int i = 0; i < 2; i++) {
				try {
					Acts.call("A.a");
				}
				catch (ActivityFailure ex) {
					flow.log(ex.activityType() + ex.activityId() + " " + ex.attempts() + " "
							+ ((ex.getCause() instanceof ApplicationFailure cause) ? cause.type()
									: ((TimeoutFailure) ex.getCause()).timeoutType()));
				}
			}
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.fail(1, "CardDeclined");
			run.turn();
			run.engine.timeOut(2);
			run.turn();
			assertThat(run.state()).startsWith("[A.a1 3 CardDeclined, A.a2 2 START_TO_CLOSE]");
		}
	}

	@Test
	void shouldGiveTheExceptionOfAsynchronousWorkToEveryoneWhoAsks() {
		TestCode code = TestCode.run(flow -> {
			Promise<Object> broken = Workflows.async(() -> {
				Acts.call("A.a");
				throw new IllegalStateException("broken");
			});
			for (int i = 0; i < 2; i++) {
				try {
					broken.get();
				}
				catch (IllegalStateException ex) {
					flow.log(ex.getMessage());
				}
			}
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.complete(1, 1);
			run.turn();
			assertThat(run.state()).startsWith("[broken, broken]");
		}
	}

	@Test
	void shouldGoOnWhenNobodyAsksForFailedAsynchronousWork() {
		TestCode code = TestCode.run(flow -> {
			Workflows.asyncVoid(() -> {
				throw new IllegalStateException("nobody asks");
			});
			return Acts.call("A.a");
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.complete(1, "fine");
			run.turn();
			assertThat(run.engine.closed).isTrue();
		}
	}

	@Test
	void shouldGiveEveryoneTheSameResultObject() {
		TestCode code = TestCode.run(flow -> {
			Promise<Object> shared = Acts.start("A.a");
			Promise<Object> other = Workflows.async(shared::get);
			flow.log(shared.get() == other.get());
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.complete(1, List.of(1));
			run.turn();
			assertThat(run.state()).startsWith("[true]");
		}
	}

	@Test
	void shouldRefuseAPromiseOnAForeignThread() {
		AtomicReference<Promise<Object>> leaked = new AtomicReference<>();
		TestCode code = TestCode.run(flow -> {
			leaked.set(Acts.start("A.a"));
			return leaked.get().get();
		});
		TestRun run = TestRun.started(code);
		for (Runnable use : List.<Runnable>of(() -> leaked.get().get(), () -> leaked.get().isDone())) {
			assertThatExceptionOfType(WorkflowException.class).isThrownBy(use::run)
				.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_IN_WORKFLOW))
				.withMessageContaining("order-1 (run run-1)");
		}
		run.close();
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> leaked.get().get());
	}

	@Test
	void shouldReportAResultThatCannotBeReadAsABug() {
		TestCode code = TestCode.run(flow -> {
			try {
				return Workflows.activity("A.a", Integer.class);
			}
			catch (Throwable ex) {
				return "swallowed";
			}
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.complete(1, List.of("no number"));
			TurnResult.Bug bug = run.bug();
			assertThat(bug.code()).isEqualTo(ErrorCode.DECODING_FAILED);
			assertThat(bug.message()).contains("result of activity A.a to be readable as java.lang.Integer");
		}
	}

	@Test
	void shouldReportArgumentsThatCannotBeReadAsABug() {
		try (TestRun run = new TestRun(TestCode.run(flow -> null).argument(Integer.class))) {
			run.engine.start("no number");
			assertThat(run.bug().code()).isEqualTo(ErrorCode.DECODING_FAILED);
		}
	}

	@Test
	void shouldReportThreadsThatWakeEachOtherForEver() throws Exception {
		TestCode code = TestCode.run(flow -> {
			Workflows.asyncVoid(() -> {
				while (true) {
					Workflows.await(() -> flow.has("ball"));
					flow.vars.remove("ball");
				}
			});
			while (true) {
				Workflows.await(() -> !flow.has("ball"));
				flow.vars.put("ball", 1);
			}
		});
		TestEngine engine = new TestEngine();
		engine.start();
		try (WorkflowMachine machine = new WorkflowMachine(code, TestEngine.INFO,
				TestRun.services(ReplayLimits.DEFAULT, SliceListener.NONE))) {
			FutureTask<TurnResult> turn = new FutureTask<>(() -> machine.turn(engine.task()));
			Thread.ofVirtual().start(turn);
			assertThat(turn.get()).isInstanceOfSatisfying(TurnResult.Bug.class, bug -> {
				assertThat(bug.code()).isEqualTo(ErrorCode.DEADLOCK);
				assertThat(bug.message()).startsWith("Expected the workflow to come to rest");
			});
		}
	}

}
