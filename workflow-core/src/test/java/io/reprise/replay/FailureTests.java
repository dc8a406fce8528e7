package io.reprise.replay;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import acme.Orders;
import io.reprise.ActivityFailure;
import io.reprise.ApplicationFailure;
import io.reprise.ErrorCode;
import io.reprise.Workflows;
import io.reprise.convert.FailureConverter;
import io.reprise.protocol.Failure;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How runs fail, how bugs stall them, and what happens over the limits.
 */
class FailureTests {

	private static Failure failure(List<TurnCommand> commands) {
		assertThat(commands.getLast()).isInstanceOf(TurnCommand.FailWorkflow.class);
		return ((TurnCommand.FailWorkflow) commands.getLast()).failure();
	}

	@Test
	void shouldFailWithAnException() {
		TestCode code = TestCode.run(flow -> {
			throw new java.io.IOException("no such order");
		});
		try (TestRun run = new TestRun(code)) {
			run.engine.start();
			assertThat(failure(run.commands())).isInstanceOfSatisfying(Failure.Application.class, failure -> {
				assertThat(failure.type()).isEqualTo("java.io.IOException");
				assertThat(failure.message()).isEqualTo("no such order");
			});
		}
	}

	@Test
	void shouldFailWithTheFailureOfAnActivity() {
		try (TestRun run = TestRun.started(TestCode.run(flow -> Acts.call("A.a")))) {
			run.engine.fail(1, "CardDeclined");
			assertThat(failure(run.commands())).isInstanceOfSatisfying(Failure.Activity.class,
					failure -> assertThat(failure.cause()).isInstanceOfSatisfying(Failure.Application.class,
							cause -> assertThat(cause.type()).isEqualTo("CardDeclined")));
		}
	}

	@Test
	void shouldStallOnABugOfTheRunMethod() {
		TestCode code = TestCode.run(flow -> Orders.nullPointer());
		try (TestRun run = new TestRun(code)) {
			run.engine.start();
			TurnResult.Bug bug = run.bug();
			assertThat(bug.code()).isEqualTo(ErrorCode.WORKFLOW_BUG);
			assertThat(bug.message()).contains("java.lang.NullPointerException: no order")
				.contains(" at acme.Orders.nullPointer(Orders.java:");
		}
	}

	@Test
	void shouldStallOnErrors() {
		TestCode code = TestCode.run(flow -> {
			throw new AssertionError("impossible");
		});
		try (TestRun run = new TestRun(code)) {
			run.engine.start();
			assertThat(run.bug().message()).contains("java.lang.AssertionError: impossible");
		}
	}

	@Test
	void shouldStallOnABugInTheConstructor() {
		TestCode code = TestCode.run(flow -> null).constructor(() -> {
			throw new IllegalStateException("cannot be made");
		});
		try (TestRun run = new TestRun(code)) {
			run.engine.start();
			assertThat(run.bug().message()).contains("cannot be made");
		}
	}

	@Test
	void shouldStallOnABugInAsynchronousWorkThatNobodyAsksFor() {
		TestCode code = TestCode.run(flow -> {
			Workflows.asyncVoid(() -> List.of().get(0));
			return Acts.call("A.a");
		});
		try (TestRun run = new TestRun(code)) {
			run.engine.start();
			assertThat(run.bug().message()).contains("IndexOutOfBoundsException");
		}
	}

	@Test
	void shouldFailWithAnExceptionOfASignalHandlerAndStallOnItsBugs() {
		TestCode code = TestCode.run(flow -> Acts.call("A.a")).signal("bad", (flow, argument) -> {
			throw new IllegalStateException("bad signal");
		}).signal("bug", (flow, argument) -> {
			throw new NullPointerException();
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.signal("bad");
			assertThat(failure(run.commands()).message()).isEqualTo("bad signal");
		}
		try (TestRun run = TestRun.started(code)) {
			run.engine.signal("bug");
			assertThat(run.bug().code()).isEqualTo(ErrorCode.WORKFLOW_BUG);
		}
	}

	@Test
	void shouldKeepTheFirstEndOfATurn() {
		TestCode code = TestCode.run(flow -> {
			Workflows.await(() -> flow.has("go"));
			return "returned";
		}).signal("go", (flow, argument) -> flow.vars.put("go", 1)).signal("bad", (flow, argument) -> {
			throw new IllegalStateException("too late");
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.signal("go");
			run.engine.signal("bad");
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("returns");
		}
	}

	@Test
	void shouldReplayAFailedRunThatWouldBeABugToday() {
		TestCode before = TestCode.run(flow -> {
			throw new IllegalStateException("failed then");
		});
		try (TestRun run = TestRun.started(before)) {
			assertThat(run.replayWith(TestCode.run(flow -> {
				throw new NullPointerException();
			}))).isNull();
		}
	}

	@Test
	void shouldStallOnAResultThatCannotBeWritten() {
		TestCode code = TestCode.run(flow -> new Orders.Unwritable());
		try (TestRun run = new TestRun(code)) {
			run.engine.start();
			assertThat(run.bug().code()).isEqualTo(ErrorCode.ENCODING_FAILED);
		}
	}

	@Test
	void shouldFailTheCallWhoseArgumentsCannotBeWritten() {
		TestCode code = TestCode.run(flow -> {
			try {
				Acts.start("A.a", new Orders.Unwritable());
			}
			catch (ApplicationFailure ex) {
				flow.log(ex.type() + " " + ex.isNonRetryable() + " " + ex.getMessage().startsWith("[ENCODING_FAILED]"));
			}
			return Acts.call("A.b");
		});
		try (TestRun run = new TestRun(code)) {
			run.engine.start();
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("schedules activity A.b (1)");
			assertThat(run.state()).startsWith("[EncodingFailed true true]");
		}
	}

	@Test
	void shouldFailTheCallWhoseArgumentsAreTooLarge() {
		TestCode code = TestCode.run(flow -> {
			for (int size = 200; size > 0; size -= 150) {
				try {
					Acts.start("A.a", "x".repeat(size));
				}
				catch (ApplicationFailure ex) {
					flow.log(ex.type() + " " + ex.isNonRetryable());
				}
			}
			return Acts.call("A.b");
		});
		try (TestRun run = new TestRun(code, new ReplayLimits(100, 10, 10))) {
			run.engine.start();
			assertThat(run.commands()).extracting(CommandWords::of)
				.containsExactly("schedules activity A.a (1)", "schedules activity A.b (2)");
			assertThat(run.state()).startsWith("[PayloadTooLarge true]");
		}
	}

	@Test
	void shouldFailARunWhoseResultIsTooLarge() {
		try (TestRun run = new TestRun(TestCode.run(flow -> "x".repeat(200)), new ReplayLimits(100, 10, 10))) {
			run.engine.start();
			assertThat(failure(run.commands())).isInstanceOfSatisfying(Failure.Application.class, failure -> {
				assertThat(failure.type()).isEqualTo("PayloadTooLarge");
				assertThat(failure.nonRetryable()).isTrue();
				assertThat(failure.message()).contains("at most 100 bytes, but it has 202");
			});
		}
	}

	@Test
	void shouldFailARunWhoseFailureIsTooLarge() {
		TestCode code = TestCode.run(flow -> {
			throw new ActivityFailure("A.a", 1, 1,
					ApplicationFailure.nonRetryable("T", "m").withDetails(Map.of("k", "x".repeat(200))));
		});
		try (TestRun run = new TestRun(code, new ReplayLimits(100, 10, 10))) {
			run.engine.start();
			assertThat(failure(run.commands())).isInstanceOfSatisfying(Failure.Application.class,
					failure -> assertThat(failure.type()).isEqualTo("PayloadTooLarge"));
		}
	}

	@Test
	void shouldFailTheCallThatOpensTooMuch() {
		TestCode code = TestCode.run(flow -> {
			for (int i = 0; i < 3; i++) {
				try {
					Acts.start("A.a");
				}
				catch (ApplicationFailure ex) {
					flow.log("activity " + i + " " + ex.type());
				}
				try {
					Workflows.timer(Duration.ofSeconds(1));
				}
				catch (ApplicationFailure ex) {
					flow.log("timer " + i + " " + ex.type());
				}
			}
			Workflows.await(() -> flow.has("go"));
			return Acts.call("A.more");
		}).signal("go", (flow, argument) -> flow.vars.put("go", 1));
		try (TestRun run = new TestRun(code, new ReplayLimits(100, 2, 1))) {
			run.engine.start();
			assertThat(run.commands()).hasSize(3);
			assertThat(run.state())
				.startsWith("[timer 1 TooManyPending, activity 2 TooManyPending, timer 2 TooManyPending]");
			run.engine.complete(1, 1);
			run.turn();
			run.engine.signal("go");
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("schedules activity A.more (4)");
		}
	}

	@Test
	void shouldAcceptAtReplayWhatWasAcceptedUnderWiderLimits() {
		TestCode code = TestCode.run(flow -> {
			Acts.start("A.a", "x".repeat(100));
			Acts.start("A.b");
			Workflows.timer(Duration.ofSeconds(1));
			Workflows.sleep(Duration.ofSeconds(1));
			return "x".repeat(100);
		});
		TestRun wide = TestRun.started(code);
		try (TestRun narrow = wide.deployed(code, new ReplayLimits(50, 1, 1))) {
			narrow.engine.fire(4);
			assertThat(failure(narrow.commands()).message()).contains("PAYLOAD_TOO_LARGE");
			// And the run that failed for its result stays failed under wider limits.
			assertThat(new TestRun(code).machine(code).replay(narrow.engine.copy())).isNull();
		}
	}

	@Test
	void shouldStallOnOptionsThatCannotBeResolved() {
		TestCode code = TestCode.run(flow -> {
			try {
				return Acts.call("A.a");
			}
			catch (RuntimeException ex) {
				return "swallowed";
			}
		});
		TestEngine engine = new TestEngine();
		engine.start();
		MachineServices services = new MachineServices(TestCode.CONVERTER, new FailureConverter(TestCode.CONVERTER),
				(type, settings) -> {
					throw new IllegalArgumentException("bad options");
				}, ReplayLimits.DEFAULT);
		try (WorkflowMachine machine = new WorkflowMachine(code, TestEngine.INFO, services)) {
			assertThat(machine.turn(engine.task())).isInstanceOfSatisfying(TurnResult.Bug.class,
					bug -> assertThat(bug.message()).contains("bad options"));
		}
	}

	@SuppressWarnings("unchecked")
	private static Object unreadable() {
		return Workflows.sideEffect((Class<Object>) (Class<?>) Integer.class, () -> "no number");
	}

	@ParameterizedTest
	@ValueSource(strings = { "throws", "errs", "too large", "unwritable", "calls", "unreadable" })
	void shouldStallOnASideEffectThatLeavesNothingToReplay(String what) {
		TestCode code = TestCode.run(flow -> {
			try {
				return switch (what) {
					case "throws" -> Workflows.sideEffect(String.class, () -> {
						throw new IllegalStateException();
					});
					case "errs" -> Workflows.sideEffect(String.class, () -> {
						throw new StackOverflowError();
					});
					case "too large" -> Workflows.sideEffect(String.class, () -> "x".repeat(200));
					case "unwritable" -> Workflows.sideEffect(Object.class, Orders.Unwritable::new);
					case "calls" -> Workflows.sideEffect(String.class, () -> Workflows.now().toString());
					default -> unreadable();
				};
			}
			catch (Throwable ex) {
				return "swallowed";
			}
		});
		try (TestRun run = new TestRun(code, new ReplayLimits(100, 10, 10))) {
			run.engine.start();
			assertThat(run.bug().message()).contains("a side effect");
		}
	}

}
