package io.reprise.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import acme.Orders;
import io.reprise.ErrorCode;
import io.reprise.WorkflowContext;
import io.reprise.Workflows;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.WorkflowTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code that does something else than its history says.
 */
class ReplayTests {

	private static String mismatch(TestRun run, TestCode changed) {
		TurnResult.Bug bug = run.replayWith(changed);
		assertThat(bug).isNotNull();
		assertThat(bug.code()).isEqualTo(ErrorCode.NON_DETERMINISM);
		assertThat(bug.message())
			.startsWith("Expected the code of workflow 'Test' to repeat the history of order-1 (run run-1): ")
			.endsWith("guard the change with Workflows.patched(...), or deploy the former code");
		return bug.message();
	}

	@Test
	void shouldNameEventCommandAndSourceLine() {
		try (TestRun run = TestRun.started(TestCode.run(flow -> Orders.charge()))) {
			assertThat(mismatch(run, TestCode.run(flow -> Orders.sleepThen("Payments.charge"))))
				.contains("schedules activity Payments.charge (1) (event 3); but now it starts a timer (1) "
						+ "at acme.Orders.sleepThen(Orders.java:");
		}
	}

	@Test
	void shouldNameTheLineThatCallsAStub() {
		try (TestRun run = TestRun.started(TestCode.run(flow -> Orders.charge()))) {
			assertThat(mismatch(run, TestCode.run(flow -> Orders.shipByStub())))
				.contains("at acme.Orders.shipByStub(Orders.java:");
		}
	}

	@Test
	void shouldReportAnotherActivityType() {
		try (TestRun run = TestRun.started(TestCode.run(flow -> Acts.call("A.a")))) {
			assertThat(mismatch(run, TestCode.run(flow -> Acts.call("A.b"))))
				.contains("schedules activity A.a (1) (event 3); but now it schedules activity A.b (1)");
		}
	}

	@Test
	void shouldNotCompareArgumentsOptionsAndTimes() {
		TestRun run = TestRun.started(TestCode.run(flow -> {
			Acts.start("A.a", 1);
			Workflows.sleep(Duration.ofSeconds(1));
			return 1;
		}));
		run.engine.fire(2);
		run.turn();
		assertThat(run.replayWith(TestCode.run(flow -> {
			Acts.start("A.a", 2, "more");
			Workflows.sleep(Duration.ofDays(1));
			return 2;
		}))).isNull();
		run.close();
	}

	@Test
	void shouldReportACommandTooMany() {
		try (TestRun run = TestRun.started(TestCode.run(flow -> Acts.call("A.a")))) {
			assertThat(mismatch(run, TestCode.run(flow -> {
				Acts.start("A.a");
				return Acts.call("A.b");
			}))).contains("nothing more in the turn of event 2; but now it schedules activity A.b (2)");
		}
	}

	@Test
	void shouldReportACommandTooFew() {
		TestCode code = TestCode.run(flow -> {
			Acts.start("A.a");
			return Acts.call("A.b");
		});
		try (TestRun run = TestRun.started(code)) {
			assertThat(mismatch(run, TestCode.run(flow -> Acts.call("A.a"))))
				.contains("schedules activity A.b (2) (event 4); but now it does nothing more in the turn of event 2");
		}
	}

	@Test
	void shouldReportCodeThatEndsOtherwise() {
		TestCode waits = TestCode.run(flow -> Acts.call("A.a"));
		TestCode returns = TestCode.run(flow -> null);
		TestCode fails = TestCode.run(flow -> {
			throw new IllegalStateException();
		});
		try (TestRun waiting = TestRun.started(waits);
				TestRun returned = TestRun.started(returns);
				TestRun failed = TestRun.started(fails)) {
			assertThat(mismatch(waiting, returns)).contains("but now it returns");
			assertThat(mismatch(waiting, fails)).contains("but now it fails with java.lang.IllegalStateException");
			assertThat(mismatch(returned, waits)).contains("returns (event 3); but now it schedules activity A.a (1)");
			assertThat(mismatch(returned, fails)).contains("returns (event 3); but now it fails");
			assertThat(mismatch(failed, returns))
				.contains("fails with java.lang.IllegalStateException (event 3); but now it returns");
			assertThat(mismatch(returned, TestCode.run(flow -> {
				Workflows.await(() -> false);
				return null;
			}))).contains("returns (event 3); but now it does nothing more");
		}
	}

	@Test
	void shouldReportAMissingSideEffect() {
		TestCode code = TestCode.run(flow -> {
			Workflows.sideEffect(String.class, () -> "x");
			return Acts.call("A.a");
		});
		try (TestRun run = TestRun.started(code)) {
			assertThat(mismatch(run, TestCode.run(flow -> Acts.call("A.a"))))
				.contains("runs a side effect (event 3); but now it schedules activity A.a (1)");
			assertThat(mismatch(run, TestCode.run(flow -> {
				Workflows.sideEffect(String.class, () -> "x");
				return Workflows.sideEffect(String.class, () -> "x");
			}))).contains("schedules activity A.a (1) (event 4); but now it runs a side effect");
		}
	}

	@Test
	void shouldReportAMismatchWhileCancelling() {
		TestCode code = TestCode.run(flow -> {
			Acts.start("A.a");
			Workflows.timer(Duration.ofDays(1));
			Workflows.detachedScope(() -> Workflows.await(() -> false));
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.cancel(null);
			run.turn();
			assertThat(mismatch(run, TestCode.run(flow -> {
				Workflows.detachedScope(() -> Acts.start("A.a"));
				Workflows.timer(Duration.ofDays(1));
				Workflows.detachedScope(() -> Workflows.await(() -> false));
				return null;
			}))).contains("cancels activity (1) (event 7); but now it cancels timer (2). The code")
				.doesNotContain(" at ");
		}
	}

	@Test
	void shouldReportAMismatchThatUserCodeSwallows() {
		try (TestRun run = TestRun.started(TestCode.run(flow -> Acts.call("A.a")))) {
			assertThat(mismatch(run, TestCode.run(flow -> {
				for (int i = 0; i < 5; i++) {
					try {
						Acts.call("A.b");
					}
					catch (Throwable ex) {
						flow.log("swallowed");
					}
				}
				return "went on";
			}))).contains("but now it schedules activity A.b (1)");
		}
	}

	@Test
	void shouldReportAMismatchThatAsynchronousWorkWraps() {
		try (TestRun run = TestRun.started(TestCode.run(flow -> Acts.call("A.a")))) {
			assertThat(mismatch(run, TestCode.run(flow -> {
				Workflows.asyncVoid(() -> {
					try {
						Acts.call("A.b");
					}
					catch (Throwable ex) {
						throw new NullPointerException("wrapped");
					}
				});
				return Acts.call("A.a");
			}))).contains("nothing more in the turn");
		}
	}

	@Test
	void shouldNotBeCaughtAsAnException() {
		boolean[] caught = new boolean[1];
		try (TestRun run = TestRun.started(TestCode.run(flow -> Acts.call("A.a")))) {
			mismatch(run, TestCode.run(flow -> {
				try {
					return Acts.call("A.b");
				}
				catch (Exception ex) {
					caught[0] = true;
					return null;
				}
			}));
		}
		assertThat(caught[0]).isFalse();
	}

	@Test
	void shouldKeepTryWithResourcesFromSuppressingTheErrorByItself() {
		try (TestRun run = TestRun.started(TestCode.run(flow -> Acts.call("A.a")))) {
			assertThat(mismatch(run, TestCode.run(flow -> {
				try (AutoCloseable resource = () -> Acts.call("A.release")) {
					return Acts.call("A.b") + resource.toString();
				}
			}))).contains("but now it schedules activity A.b (1)");
		}
	}

	@Test
	void shouldStayBrokenAfterABug() {
		try (TestRun run = TestRun.started(TestCode.run(flow -> Acts.call("A.a")));
				WorkflowMachine machine = run.machine(TestCode.run(flow -> Acts.call("A.b")))) {
			TurnResult.Bug bug = machine.replay(run.engine.copy());
			run.engine.complete(1, 1);
			assertThat(machine.isUsable()).isFalse();
			// Its last marker was never reached, so the task for the next does not fit.
			assertThat(machine.lastMarkerId()).isZero();
			run.engine.lastMarkerId = 0;
			assertThat(machine.turn(run.engine.task())).isEqualTo(bug);
		}
	}

	@Test
	void shouldReplayNothingWhenThereIsNoTurnYet() {
		boolean[] made = new boolean[1];
		TestCode code = TestCode.run(flow -> "done").constructor(() -> {
			made[0] = true;
			return new Flow();
		});
		TestRun run = new TestRun(code);
		run.engine.start();
		WorkflowMachine machine = run.machine(code);
		assertThat(machine.replay(run.engine.copy())).isNull();
		assertThat(made[0]).isFalse();
		assertThat(machine.turn(run.engine.task())).isInstanceOf(TurnResult.Completed.class);
		machine.close();
		run.close();
	}

	@Test
	void shouldReplayARunThatWasTerminated() {
		TestCode code = TestCode.run(flow -> {
			flow.log(Acts.call("A.a"));
			Workflows.await(() -> false);
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.complete(1, "result");
			run.turn();
			run.engine.signal("unseen");
			run.engine.append(new HistoryEvent.WorkflowTerminated("by an operator"));
			WorkflowMachine machine = run.machine(code);
			assertThat(machine.replay(run.engine.copy())).isNull();
			assertThat(machine.isClosed()).isFalse();
			Payload state = machine.query("state", Payload.NO_ARGUMENTS);
			assertThat(TestCode.CONVERTER.fromPayload(state, String.class)).isEqualTo("[result] {}");
			machine.close();
		}
	}

	@Test
	void shouldSayWhetherItReplays() {
		List<Boolean> seen = new ArrayList<>();
		TestCode code = TestCode.run(flow -> {
			seen.add(WorkflowContext.current().isReplaying());
			Acts.call("A.a");
			seen.add(WorkflowContext.current().isReplaying());
			return null;
		}).query("replaying", (flow, argument) -> WorkflowContext.current().isReplaying());
		TestRun run = new TestRun(code);
		run.engine.start();
		WorkflowMachine warm = run.warm();
		TurnResult.Completed first = (TurnResult.Completed) warm.turn(run.engine.task());
		warm.committed(run.engine.take(run.engine.task(), first));
		assertThat(seen).containsExactly(false);
		assertThat(run.query("replaying")).isEqualTo(true);
		seen.clear();
		WorkflowMachine cold = run.machine(code);
		cold.replay(run.engine.copy());
		run.engine.complete(1, 1);
		cold.turn(run.engine.task());
		assertThat(seen).containsExactly(true, false);
		cold.close();
		run.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2 })
	void shouldTakeTheValuesOfSideEffectsFromTheHistory(int turns) {
		int[] runs = new int[1];
		TestCode code = TestCode.run(flow -> {
			for (int i = 0; i < 3; i++) {
				flow.log(Workflows.sideEffect(Integer.class, () -> ++runs[0]));
				flow.log(Workflows.sideEffect(String.class, () -> null));
				Acts.call("A.a");
			}
			return null;
		});
		TestEngine engine = new TestEngine();
		engine.start();
		MachineServices services = TestRun.services(ReplayLimits.DEFAULT, SliceListener.NONE);
		WorkflowMachine machine = new WorkflowMachine(code, TestEngine.INFO, services);
		for (int i = 0; i <= turns; i++) {
			WorkflowTask task = engine.task();
			machine.committed(engine.take(task, (TurnResult.Completed) machine.turn(task)));
			engine.complete(i + 1, 1);
		}
		machine.close();
		assertThat(runs[0]).isEqualTo(turns + 1);
		WorkflowMachine cold = new WorkflowMachine(code, TestEngine.INFO, services);
		assertThat(cold.replay(engine.copy())).isNull();
		assertThat(runs[0]).isEqualTo(turns + 1);
		cold.close();
	}

}
