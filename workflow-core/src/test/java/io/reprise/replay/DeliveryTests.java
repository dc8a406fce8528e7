package io.reprise.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.Promise;
import io.reprise.Workflows;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RaceOutcome;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.WorkflowTask;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a turn sees, and in which order.
 */
class DeliveryTests {

	@Test
	void shouldScheduleAnActivityAndCompleteWithItsResult() {
		try (TestRun run = new TestRun(TestCode.of((flow, argument) -> argument + " got " + Acts.call("A.a", 1)))) {
			run.engine.start("order");
			assertThat(run.commands()).singleElement().isInstanceOfSatisfying(TurnCommand.ScheduleActivity.class, c -> {
				assertThat(c.activityId()).isEqualTo(1);
				assertThat(c.activityType()).isEqualTo("A.a");
				assertThat(c.arguments()).isEqualTo(TestCode.CONVERTER.toArguments(1));
			});
			run.engine.complete(1, "x");
			assertThat(run.commands()).singleElement()
				.isEqualTo(new TurnCommand.CompleteWorkflow(TestCode.CONVERTER.toPayload("order got x")));
			assertThat(run.warm().isClosed()).isTrue();
		}
	}

	@Test
	void shouldNumberActivitiesAndTimersTogetherInOrderOfCreation() {
		try (TestRun run = new TestRun(TestCode.run(flow -> {
			Acts.start("A.a");
			Workflows.timer(Duration.ofSeconds(1));
			Acts.start("A.b");
			Workflows.sideEffect(Integer.class, () -> 1);
			Workflows.sleep(Duration.ofSeconds(1));
			return null;
		}))) {
			run.engine.start();
			assertThat(run.commands()).extracting(CommandWords::of)
				.containsExactly("schedules activity A.a (1)", "starts a timer (2)", "schedules activity A.b (3)",
						"runs a side effect", "starts a timer (4)");
		}
	}

	@Test
	void shouldDeliverSignalsBeforeTheStart() {
		TestCode code = TestCode.run(flow -> {
			flow.log("run");
			Workflows.await(() -> flow.has("go"));
			return null;
		}).signal("go", (flow, argument) -> {
			flow.log("signal " + argument);
			flow.vars.put("go", argument);
		});
		try (TestRun run = new TestRun(code)) {
			run.engine.start();
			run.engine.signal("go", 1);
			run.engine.signal("go", 2);
			assertThat(run.commands()).singleElement().isInstanceOf(TurnCommand.CompleteWorkflow.class);
			assertThat(run.state()).startsWith("[signal 1, signal 2, run]");
		}
	}

	@Test
	void shouldDeliverMessagesBeforeResolutionsThatCameEarlier() {
		TestCode code = TestCode.run(flow -> {
			flow.log(Acts.call("A.a"));
			Workflows.await(() -> false);
			return null;
		}).signal("note", (flow, argument) -> flow.log("signal " + argument));
		try (TestRun run = TestRun.started(code)) {
			run.engine.complete(1, "result");
			run.engine.signal("note", 1);
			run.engine.signal("note", 2);
			run.turn();
			assertThat(run.state()).startsWith("[signal 1, signal 2, result]");
		}
	}

	@Test
	void shouldDeliverResolutionsInOrderOfArrivalEachToTheEnd() {
		TestCode code = TestCode.run(flow -> {
			for (String name : List.of("a", "b")) {
				Workflows.async(() -> {
					flow.log(name + Acts.call("A." + name));
					flow.log(name + Acts.call("A.again"));
					return null;
				});
			}
			Workflows.await(() -> false);
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.complete(2, 1);
			run.engine.complete(1, 1);
			assertThat(run.commands()).extracting(CommandWords::of)
				.containsExactly("schedules activity A.again (3)", "schedules activity A.again (4)");
			assertThat(run.state()).startsWith("[b1, a1]");
		}
	}

	@Test
	void shouldLeaveInputsThatCameAfterTheTaskToTheNextTurn() {
		TestCode code = TestCode.run(flow -> {
			Promise<?> first = Acts.start("A.a");
			Promise<?> second = Acts.start("A.b");
			flow.log(first.get());
			flow.log(second.get());
			Workflows.await(() -> flow.has("go"));
			return "done";
		}).signal("go", (flow, argument) -> {
			flow.log("go");
			flow.vars.put("go", 1);
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.complete(1, "a");
			WorkflowTask task = run.engine.task();
			run.engine.signal("go");
			run.engine.complete(2, "b");
			run.turn(task);
			assertThat(run.state()).startsWith("[a]");
			assertThat(run.commands()).singleElement().isInstanceOf(TurnCommand.CompleteWorkflow.class);
			assertThat(run.state()).startsWith("[a, go, b]");
		}
	}

	@Test
	void shouldRunATurnAgainThatClosedWithoutSeeingAMessage() {
		TestCode code = TestCode.run(flow -> flow.vars.getOrDefault("address", "none") + " " + Acts.call("A.a"))
			.signal("address", (flow, argument) -> flow.log(argument));
		try (TestRun run = TestRun.started(code)) {
			run.engine.complete(1, "a");
			WorkflowTask task = run.engine.task();
			run.engine.signal("address", "Main Street");
			run.turn(task);
			assertThat(run.engine.closed).isFalse();
			run.turn();
			assertThat(run.engine.closed).isTrue();
			assertThat(run.state()).startsWith("[Main Street]");
		}
	}

	@Test
	void shouldHandleAllMessagesOfATurnBeforeItCloses() {
		TestCode code = TestCode.run(flow -> {
			Workflows.await(() -> flow.has("go"));
			flow.log("returns");
			return "result";
		}).signal("go", (flow, argument) -> {
			flow.log("go " + argument);
			flow.vars.put("go", argument);
			Acts.start("A.audit", argument);
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.signal("go", 1);
			run.engine.signal("go", 2);
			assertThat(run.commands()).extracting(CommandWords::of)
				.containsExactly("schedules activity A.audit (1)", "schedules activity A.audit (2)", "returns");
			assertThat(run.state()).startsWith("[go 1, returns, go 2]");
		}
	}

	@Test
	void shouldDropWhatOthersWouldDoAfterTheMethodReturned() {
		TestCode code = TestCode.run(flow -> {
			Promise<?> result = Acts.start("A.a");
			Workflows.async(() -> {
				flow.log("async " + result.get());
				return Acts.call("A.late");
			});
			return result.get();
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.complete(1, "a");
			assertThat(run.commands()).singleElement().isInstanceOf(TurnCommand.CompleteWorkflow.class);
			assertThat(run.state()).startsWith("[]");
		}
	}

	@Test
	void shouldLeaveResolutionsUndeliveredAfterItClosed() {
		TestCode code = TestCode.run(flow -> {
			Promise<?> late = Acts.start("A.late");
			Workflows.async(() -> {
				flow.log(late.get());
				return null;
			});
			return Acts.call("A.a");
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.complete(2, "a");
			run.engine.complete(1, "late");
			assertThat(run.commands()).hasSize(1);
			assertThat(run.state()).startsWith("[]");
		}
	}

	@Test
	void shouldPassOverASignalWithoutHandler() {
		TestCode code = TestCode.run(flow -> Acts.call("A.a")).signal("known", (flow, argument) -> flow.log(argument));
		try (TestRun run = TestRun.started(code)) {
			run.engine.signal("unknown", 1);
			run.engine.signal("known", 2);
			assertThat(run.commands()).singleElement()
				.isEqualTo(new TurnCommand.SkipInput(4, "Workflow 'Test' has no signal 'unknown'"));
			assertThat(run.state()).startsWith("[2]");
		}
	}

	@Test
	void shouldPassOverASignalThatCannotBeRead() {
		TestCode code = TestCode.run(flow -> Acts.call("A.a"))
			.typedSignal("count", Integer.class, (flow, argument) -> flow.log(argument));
		try (TestRun run = TestRun.started(code)) {
			run.engine.rawSignal("count", Payload.json("[{\"no\":\"number\"}]"));
			run.engine.rawSignal("count", Payload.json("not json"));
			run.engine.signal("count", 3);
			assertThat(run.commands()).hasSize(2)
				.allSatisfy(command -> assertThat(command).isInstanceOfSatisfying(TurnCommand.SkipInput.class,
						skip -> assertThat(skip.reason())
							.startsWith("The arguments of signal 'count' cannot be read")));
			assertThat(run.state()).startsWith("[3]");
		}
	}

	@Test
	void shouldNotTryASkippedSignalAgainAtReplay() {
		TestCode before = TestCode.run(flow -> Acts.call("A.a"));
		TestCode after = TestCode.run(flow -> Acts.call("A.a")).signal("new", (flow, argument) -> flow.log(argument));
		TestRun old = TestRun.started(before);
		old.engine.signal("new", 1);
		old.turn();
		try (TestRun run = old.deployed(after)) {
			run.engine.signal("new", 2);
			assertThat(run.commands()).isEmpty();
			assertThat(run.state()).startsWith("[2]");
		}
	}

	@Test
	void shouldReportAHandlerThatIsGoneAtReplay() {
		TestCode before = TestCode.run(flow -> Acts.call("A.a")).signal("old", (flow, argument) -> flow.log(argument));
		try (TestRun run = TestRun.started(before)) {
			run.engine.signal("old", 1);
			run.turn();
			TurnResult.Bug bug = run.replayWith(TestCode.run(flow -> Acts.call("A.a")));
			assertThat(bug.code()).isEqualTo(ErrorCode.NON_DETERMINISM);
			assertThat(bug.message()).contains("now it passes over input 4 (Workflow 'Test' has no signal 'old')");
		}
	}

	@Test
	void shouldShowTheTasksTimeAndNeverGoBack() {
		TestCode code = TestCode.run(flow -> {
			for (int i = 0; i < 3; i++) {
				flow.log(Workflows.now());
				Acts.call("A.a");
			}
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.pass(Duration.ofSeconds(5));
			run.engine.complete(1, 1);
			run.turn();
			run.engine.pass(Duration.ofSeconds(-3));
			run.engine.complete(2, 1);
			assertThat(run.turn().time()).isEqualTo(Instant.parse("2026-01-01T00:00:05Z"));
			assertThat(run.state()).startsWith("[2026-01-01T00:00:00Z, 2026-01-01T00:00:05Z, 2026-01-01T00:00:05Z]");
		}
	}

	@Test
	void shouldIgnoreResolutionsOfSettledTargets() {
		TestCode code = TestCode.run(flow -> {
			Workflows.await(Duration.ofSeconds(1), () -> flow.has("go"));
			return Acts.call("A.a");
		}).signal("go", (flow, argument) -> flow.vars.put("go", argument));
		try (TestRun run = TestRun.started(code)) {
			// The timer fires, but the signal is delivered first and withdraws it.
			run.engine.fire(1);
			run.engine.signal("go", 1);
			assertThat(run.commands()).extracting(CommandWords::of)
				.containsExactly("cancels timer (1)", "schedules activity A.a (2)");
			assertThat(run.engine.history).extracting(e -> (Object) e.event())
				.contains(new HistoryEvent.TimerCanceled(1, RaceOutcome.LOST_RACE));
			run.engine.append(new HistoryEvent.ActivityCompleted(77, 1, Payload.NULL));
			run.engine.append(new HistoryEvent.TimerFired(2));
			assertThat(run.commands()).isEmpty();
		}
	}

	@Test
	void shouldRefuseATurnThatIsNotTheNext() {
		try (TestRun run = TestRun.started(TestCode.run(flow -> Acts.call("A.a")))) {
			WorkflowTask stale = new WorkflowTask(TestEngine.KEY, "Test", "main", new TaskToken(1, 9), TestEngine.START,
					List.of());
			assertThatIllegalStateException().isThrownBy(() -> run.warm().turn(stale))
				.withMessageContaining("after marker 2")
				.withMessageContaining("names marker 1");
		}
	}

	@Test
	void shouldRefuseATurnBeforeTheLastOneIsCommitted() {
		TestEngine engine = new TestEngine();
		engine.start();
		try (WorkflowMachine machine = new WorkflowMachine(TestCode.run(flow -> Acts.call("A.a")), TestEngine.INFO,
				TestRun.services(ReplayLimits.DEFAULT, SliceListener.NONE))) {
			machine.turn(engine.task());
			assertThat(machine.lastMarkerId()).isZero();
			assertThatIllegalStateException().isThrownBy(() -> machine.turn(engine.task()));
			machine.committed(2);
			assertThat(machine.lastMarkerId()).isEqualTo(2);
			assertThatIllegalStateException().isThrownBy(() -> machine.replay(List.of()))
				.withMessageContaining("Expected a new machine");
		}
	}

	@Test
	void shouldReportAHistoryThatIsCutOff() {
		try (TestRun run = TestRun.started(TestCode.run(flow -> Acts.call("A.a")));
				WorkflowMachine machine = run.machine(TestCode.run(flow -> Acts.call("A.a")))) {
			TurnResult.Bug bug = machine.replay(run.engine.history.subList(0, 2));
			assertThat(bug).isNotNull();
			assertThat(bug.code()).isEqualTo(ErrorCode.UNREADABLE_HISTORY);
		}
	}

}
