package io.reprise.replay;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import io.reprise.CancellationScope;
import io.reprise.ErrorCode;
import io.reprise.Promise;
import io.reprise.WorkflowException;
import io.reprise.Workflows;
import io.reprise.protocol.Payload;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Looking at a workflow.
 */
class QueryTests {

	static WorkflowException refusal(ThrowingCallable call) {
		WorkflowException refusal = catchThrowableOfType(WorkflowException.class, call);
		assertThat(refusal).isNotNull();
		return refusal;
	}

	@Test
	void shouldAnswerWhileBlockedAndAfterTheEnd() {
		TestCode code = TestCode.run(flow -> {
			flow.log(Acts.call("A.a"));
			return null;
		}).query("count", (flow, argument) -> argument + " " + flow.log.size());
		try (TestRun run = TestRun.started(code)) {
			assertThat(run.query("count", "entries")).isEqualTo("entries 0");
			run.engine.complete(1, 1);
			run.turn();
			assertThat(run.warm().isClosed()).isTrue();
			assertThat(run.query("count", "entries")).isEqualTo("entries 1");
		}
	}

	@Test
	void shouldAnswerBeforeTheFirstTurnOnTheInstanceThatThenRuns() {
		TestCode code = TestCode.run(flow -> {
			flow.log("run at " + Workflows.now());
			return null;
		}).constructor(() -> {
			Flow flow = new Flow();
			flow.log("made at " + Workflows.now() + " " + Workflows.random().nextInt());
			return flow;
		});
		try (TestRun run = new TestRun(code)) {
			String before = run.state();
			assertThat(before).startsWith("[made at 2026-01-01T00:00:00Z");
			run.engine.pass(Duration.ofSeconds(9));
			run.engine.start();
			run.turn();
			assertThat(run.state()).startsWith(before.substring(0, before.indexOf(']')) + ", run at ")
				.contains("run at 2026-01-01T00:00:09Z");
		}
	}

	@Test
	void shouldRefuseAConstructorThatDecides() {
		TestCode code = TestCode.run(flow -> null).constructor(() -> {
			Workflows.sleep(Duration.ofSeconds(1));
			return new Flow();
		});
		try (TestRun run = new TestRun(code)) {
			assertThat(refusal(() -> run.query("state")).getMessage()).contains("the workflow's constructor");
			run.engine.start();
			TurnResult.Bug bug = (TurnResult.Bug) run.warm().turn(run.engine.task());
			assertThat(bug.code()).isEqualTo(ErrorCode.WORKFLOW_BUG);
		}
	}

	@Test
	void shouldRefuseUnknownQueries() {
		try (TestRun run = TestRun.started(TestCode.run(flow -> Acts.call("A.a")))) {
			WorkflowException refusal = refusal(() -> run.query("nothing"));
			assertThat(refusal.code()).isEqualTo(ErrorCode.UNKNOWN_QUERY);
			assertThat(refusal).hasMessageContaining("a query 'nothing'");
		}
	}

	@Test
	void shouldRefuseArgumentsThatCannotBeRead() {
		TestCode code = TestCode.run(flow -> Acts.call("A.a"))
			.typedQuery("count", Integer.class, (flow, argument) -> argument);
		try (TestRun run = TestRun.started(code)) {
			assertThat(refusal(() -> run.query("count", "no number")).code()).isEqualTo(ErrorCode.DECODING_FAILED);
		}
	}

	@Test
	void shouldSayWhatAQueryThrew() {
		TestCode code = TestCode.run(flow -> Acts.call("A.a")).query("exception", (flow, argument) -> {
			throw new IllegalStateException("not ready");
		}).query("error", (flow, argument) -> {
			throw new StackOverflowError();
		});
		try (TestRun run = TestRun.started(code)) {
			WorkflowException refusal = refusal(() -> run.query("exception"));
			assertThat(refusal.code()).isEqualTo(ErrorCode.QUERY_FAILED);
			assertThat(refusal).hasMessageContaining("not ready").hasCauseInstanceOf(IllegalStateException.class);
			assertThat(refusal(() -> run.query("error")).code()).isEqualTo(ErrorCode.QUERY_FAILED);
			assertThat(run.warm().isUsable()).isTrue();
		}
	}

	@Test
	void shouldRefuseWhateverDoesMoreThanLookEvenIfTheQueryCatchesIt() {
		List<Consumer<Flow>> forbidden = List.of(flow -> Acts.start("A.b"),
				flow -> Workflows.sleep(Duration.ofSeconds(1)), flow -> Workflows.sleep(Duration.ZERO),
				flow -> Workflows.timer(Duration.ofSeconds(1)), flow -> Workflows.await(() -> true),
				flow -> Workflows.await(Duration.ofSeconds(1), () -> true),
				flow -> Workflows.sideEffect(String.class, () -> "x"), flow -> Workflows.async(() -> 1),
				flow -> Workflows.cancellationScope(() -> {
				}), flow -> Workflows.detachedScope(() -> {
				}), flow -> Workflows.patched("p"), flow -> Workflows.deprecatePatch("p"),
				flow -> ((CancellationScope) flow.handles.get(0)).cancel(),
				flow -> ((Promise<?>) flow.handles.get(1)).get());
		TestCode code = TestCode.run(flow -> {
			flow.handles.add(Workflows.currentScope());
			Promise<?> promise = Acts.start("A.a");
			flow.handles.add(promise);
			return promise.get();
		}).query("write", (flow, argument) -> {
			try {
				forbidden.get((Integer) argument).accept(flow);
			}
			catch (WorkflowException ex) {
				return "caught";
			}
			return "nothing thrown";
		});
		try (TestRun run = TestRun.started(code)) {
			for (int i = 0; i < forbidden.size(); i++) {
				int index = i;
				WorkflowException refusal = refusal(
						() -> run.warm().query("write", TestCode.CONVERTER.toArguments(index)));
				assertThat(refusal.code()).as("call %d", i).isEqualTo(ErrorCode.QUERY_NOT_READ_ONLY);
			}
			run.engine.complete(1, 1);
			assertThat(run.commands()).hasSize(1);
		}
	}

	@Test
	void shouldLetAQueryLookAtEverything() {
		TestCode code = TestCode.run(flow -> {
			Promise<?> promise = Acts.start("A.a");
			flow.handles.add(promise);
			promise.get();
			Workflows.await(() -> false);
			return null;
		}).query("look", (flow, argument) -> {
			Promise<?> promise = (Promise<?>) flow.handles.getFirst();
			return List.of(Workflows.info().workflowId(), Workflows.now().toString(), promise.isDone(),
					promise.isDone() ? promise.get() : "open", Workflows.currentScope().isCancelRequested());
		});
		try (TestRun run = TestRun.started(code)) {
			assertThat(run.query("look")).isEqualTo(List.of("order-1", "2026-01-01T00:00:00Z", false, "open", false));
			run.engine.complete(1, "result");
			run.turn();
			assertThat(run.query("look")).isEqualTo(List.of("order-1", "2026-01-01T00:00:00Z", true, "result", false));
		}
	}

	@Test
	void shouldNotBeDisturbedByQueriesThatDrawRandomNumbers() {
		TestCode code = TestCode.run(flow -> {
			var random = Workflows.random();
			flow.handles.add(random);
			Acts.call("A.a");
			flow.log(random.nextLong() + " " + Workflows.randomUuid());
			return null;
		})
			.query("draw", (flow, argument) -> List.of(Workflows.randomUuid().toString(),
					((RandomGenerator) flow.handles.getFirst()).nextInt(10)));
		try (TestRun run = TestRun.started(code)) {
			// Only the warm machine is asked; the cold ones must come to the same
			// numbers.
			assertThat(run.query("draw")).isEqualTo(run.query("draw"));
			run.engine.complete(1, 1);
			run.turn();
		}
	}

	@Test
	void shouldRefuseTwoDrivers() throws Exception {
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch leave = new CountDownLatch(1);
		TestCode code = TestCode.run(flow -> Acts.call("A.a")).query("slow", (flow, argument) -> {
			inside.countDown();
			leave.await();
			return "done";
		});
		try (TestRun run = TestRun.started(code)) {
			FutureTask<Object> slow = new FutureTask<>(() -> run.query("slow"));
			Thread.ofVirtual().start(slow);
			inside.await();
			assertThatIllegalStateException().isThrownBy(() -> run.query("state"))
				.withMessageContaining("one thread at a time");
			leave.countDown();
			assertThat(slow.get()).isEqualTo("done");
		}
	}

	@Test
	void shouldRefuseQueriesOfABrokenOrClosedMachine() {
		TestCode code = TestCode.run(flow -> {
			throw new NullPointerException("bug");
		});
		TestRun run = new TestRun(code);
		run.engine.start();
		run.warm().turn(run.engine.task());
		assertThat(run.warm().isUsable()).isFalse();
		assertThat(refusal(() -> run.query("state"))).hasMessageContaining("is stalled")
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.QUERY_FAILED));
		WorkflowMachine machine = run.machine(code);
		machine.close();
		assertThat(refusal(() -> machine.query("state", Payload.NO_ARGUMENTS)))
			.hasMessageContaining("removed from memory");
		run.close();
	}

}
