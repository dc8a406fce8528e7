package io.reprise.replay;

import java.util.List;

import io.reprise.ApplicationFailure;
import io.reprise.ErrorCode;
import io.reprise.Workflows;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.TurnUpdates;
import io.reprise.protocol.UpdateRejection;
import io.reprise.protocol.UpdateRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Updates in turns, and at replay.
 */
class UpdateTests {

	private static TestCode counter() {
		return TestCode.run(flow -> {
			flow.log("run");
			Workflows.await(() -> flow.has("end"));
			return null;
		}).signal("end", (flow, argument) -> {
			flow.log("end");
			flow.vars.put("end", true);
		}).update("add", (flow, argument) -> {
			flow.log("add " + argument);
			return "added " + argument;
		}).validator("add", (flow, argument) -> {
			if ("bad".equals(argument)) {
				throw ApplicationFailure.nonRetryable("Bad", "no bad ones");
			}
		});
	}

	@Test
	void shouldAnswerAnUpdateInATurnOfItsOwn() {
		try (TestRun run = TestRun.started(counter())) {
			run.engine.update("u1", "add", 1);
			TurnResult.Completed turn = run.turn();
			assertThat(turn.updates().accepted()).extracting(UpdateRequest::updateId).containsExactly("u1");
			assertThat(turn.commands())
				.containsExactly(new TurnCommand.CompleteUpdate("u1", TestCode.CONVERTER.toPayload("added 1"), null));
			assertThat(run.state()).startsWith("[run, add 1]");
		}
	}

	@Test
	void shouldDeliverUpdatesAfterSignalsAndBeforeTheStart() {
		TestCode code = counter().signal("note", (flow, argument) -> flow.log("note " + argument));
		try (TestRun run = new TestRun(code)) {
			run.engine.start();
			run.engine.update("u1", "add", 1);
			run.engine.update("u2", "add", 2);
			run.engine.signal("note", "x");
			run.turn();
			assertThat(run.state()).startsWith("[note x, add 1, add 2, run]");
		}
	}

	@Test
	void shouldRejectWithoutTrace() {
		try (TestRun run = TestRun.started(counter())) {
			WorkflowMachine machine = run.warm();
			TurnResult.Completed turn = (TurnResult.Completed) machine.turn(run.engine.task()
				.with(List.of(new UpdateRequest("u1", "add", TestCode.CONVERTER.toArguments("bad")),
						new UpdateRequest("u2", "unknown", Payload.NO_ARGUMENTS))));
			assertThat(turn.commands()).isEmpty();
			assertThat(turn.updates().accepted()).isEmpty();
			assertThat(turn.updates().rejected()).extracting(UpdateRejection::code)
				.containsExactly(ErrorCode.UPDATE_REJECTED, ErrorCode.UNKNOWN_UPDATE);
			UpdateRejection rejection = turn.updates().rejected().getFirst();
			assertThat(rejection.message()).endsWith("take update 'add', but its validator refused");
			assertThat(rejection.failure().message()).isEqualTo("no bad ones");
			machine.committed(run.engine.lastMarkerId);
			assertThat(run.state()).startsWith("[run]");
		}
	}

	@Test
	void shouldRefuseAValidatorThatDoesMoreThanLook() {
		TestCode code = counter().validator("add", (flow, argument) -> Acts.start("A.a"));
		try (TestRun run = TestRun.started(code)) {
			run.engine.update("u1", "add", 1);
			WorkflowMachine machine = run.warm();
			TurnResult.Completed turn = (TurnResult.Completed) machine.turn(run.engine.task());
			assertThat(turn.updates().rejected()).singleElement()
				.satisfies(rejection -> assertThat(rejection.message()).contains("Expected a validator only to look"));
			machine.committed(run.engine.lastMarkerId);
		}
	}

	@Test
	void shouldAnswerInALaterTurn() {
		TestCode code = counter().update("fetch", (flow, argument) -> Acts.call("A.a", argument));
		try (TestRun run = TestRun.started(code)) {
			run.engine.update("u1", "fetch", 7);
			assertThat(run.commands()).singleElement().isInstanceOf(TurnCommand.ScheduleActivity.class);
			run.engine.complete(1, "seven");
			assertThat(run.commands()).singleElement()
				.isEqualTo(new TurnCommand.CompleteUpdate("u1", TestCode.CONVERTER.toPayload("seven"), null));
		}
	}

	@Test
	void shouldRecordWhatAHandlerFailedWith() {
		TestCode code = counter().update("fail", (flow, argument) -> {
			throw ApplicationFailure.nonRetryable("Broken", "it broke");
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.update("u1", "fail", 1);
			assertThat(run.commands()).singleElement().isInstanceOfSatisfying(TurnCommand.CompleteUpdate.class, c -> {
				assertThat(c.result()).isNull();
				assertThat(c.failure()).isNotNull();
				assertThat(c.failure().message()).isEqualTo("it broke");
			});
		}
	}

	@Test
	void shouldNameTheUpdateThatBringsABugAbout() {
		TestCode code = counter().update("bug", (flow, argument) -> {
			throw new NullPointerException("oops");
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.update("u1", "add", 1);
			run.engine.update("u2", "bug", 1);
			WorkflowMachine machine = run.warm();
			assertThat(machine.turn(run.engine.task())).isInstanceOf(TurnResult.Bug.class);
			assertThat(machine.updateAtHand()).isEqualTo("u2");
		}
	}

	@Test
	void shouldTakeNoUpdateOnceTheRunIsEnding() {
		try (TestRun run = TestRun.started(counter())) {
			run.engine.signal("end", 1);
			run.engine.update("u1", "add", 1);
			TurnResult.Completed turn = run.turn();
			assertThat(turn.updates()).isEqualTo(TurnUpdates.NONE);
			assertThat(turn.commands()).singleElement().isInstanceOf(TurnCommand.CompleteWorkflow.class);
		}
	}

	@Test
	void shouldWaitForHandlersBeforeTheEnd() {
		TestCode code = TestCode.run(flow -> {
			Workflows.await(() -> flow.has("end"));
			Workflows.await(Workflows::allHandlersFinished);
			return null;
		}).signal("end", (flow, argument) -> flow.vars.put("end", true)).update("fetch", (flow, argument) -> {
			flow.vars.put("end", true);
			return Acts.call("A.a", argument);
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.update("u1", "fetch", 7);
			assertThat(run.commands()).singleElement().isInstanceOf(TurnCommand.ScheduleActivity.class);
			run.engine.complete(1, "seven");
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("answers update 'u1'", "returns");
		}
	}

	@Test
	void shouldStallAtReplayWithoutTheHandler() {
		try (TestRun run = TestRun.started(counter())) {
			run.engine.update("u1", "add", 1);
			run.turn();
			TurnResult.Bug bug = run.replayWith(TestCode.run(flow -> {
				Workflows.await(() -> flow.has("end"));
				return null;
			}));
			assertThat(bug).isNotNull();
			assertThat(bug.code()).isEqualTo(ErrorCode.NON_DETERMINISM);
			assertThat(bug.message()).contains("Keep its handler until such runs have ended");
			assertThat(run.engine.history).extracting((recorded) -> recorded.event().getClass().getSimpleName())
				.contains(HistoryEvent.UpdateCompleted.class.getSimpleName());
		}
	}

}
