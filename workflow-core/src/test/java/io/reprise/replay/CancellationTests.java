package io.reprise.replay;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.reprise.ActivityFailure;
import io.reprise.CanceledFailure;
import io.reprise.CancellationScope;
import io.reprise.ErrorCode;
import io.reprise.Promise;
import io.reprise.WorkflowException;
import io.reprise.Workflows;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.RaceOutcome;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Scopes, and the cancellation of the whole run.
 */
class CancellationTests {

	@Test
	void shouldCloseAsCancelledWhenTheCancellationEscapes() {
		TestCode code = TestCode.run(flow -> {
			Workflows.sleep(Duration.ofDays(1));
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.cancel("no longer wanted");
			assertThat(run.commands()).containsExactly(new TurnCommand.CancelTimer(1), new TurnCommand.CancelWorkflow(
					new Failure.Canceled("The workflow was asked to stop: no longer wanted", null)));
		}
	}

	@Test
	void shouldCloseAsCancelledWhenAnActivityWasCancelled() {
		TestCode code = TestCode.run(flow -> Acts.call("A.a"));
		try (TestRun run = TestRun.started(code)) {
			run.engine.cancel(null);
			assertThat(run.commands()).extracting(CommandWords::of)
				.containsExactly("cancels activity (1)", "ends as cancelled");
		}
	}

	@Test
	void shouldFailWhenACancellationEscapesThatNobodyAskedFor() {
		TestCode code = TestCode.run(flow -> {
			throw new CanceledFailure("by hand");
		});
		try (TestRun run = new TestRun(code)) {
			run.engine.start();
			assertThat(run.commands())
				.containsExactly(new TurnCommand.FailWorkflow(new Failure.Canceled("by hand", null)));
		}
	}

	@Test
	void shouldCancelBeforeTheRunMethodBegins() {
		TestCode code = TestCode.run(flow -> {
			flow.log(Workflows.currentScope().isCancelRequested());
			return Acts.call("A.a");
		});
		try (TestRun run = new TestRun(code)) {
			run.engine.start();
			run.engine.cancel("early");
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("ends as cancelled");
			assertThat(run.state()).startsWith("[true]");
		}
	}

	@Test
	void shouldCancelWhatIsOpenInOrderOfCreation() {
		TestCode code = TestCode.run(flow -> {
			Promise<?> activity = Acts.start("A.a");
			Promise<?> timer = Workflows.timer(Duration.ofDays(1));
			Workflows.cancellationScope(() -> Acts.start("A.inner"));
			Promise<?> last = Acts.start("A.last");
			Workflows.asyncVoid(() -> {
				try {
					Workflows.await(() -> false);
				}
				catch (CanceledFailure ex) {
					flow.log("await: " + ex.getMessage());
				}
			});
			for (Promise<?> promise : new Promise<?>[] { activity, timer, last }) {
				try {
					promise.get();
				}
				catch (ActivityFailure | CanceledFailure ex) {
					flow.log(ex.getClass().getSimpleName() + ((ex.getCause() instanceof CanceledFailure) ? "!" : ""));
				}
			}
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.cancel(null);
			assertThat(run.commands()).extracting(CommandWords::of)
				.containsExactly("cancels activity (1)", "cancels timer (2)", "cancels activity (3)",
						"cancels activity (4)", "returns");
			assertThat(run.state()).startsWith("[ActivityFailure!, CanceledFailure, ActivityFailure!]");
		}
	}

	@Test
	void shouldStartNothingInACancelledScope() {
		TestCode code = TestCode.run(flow -> {
			CancellationScope[] inner = new CancellationScope[1];
			try {
				Workflows.cancellationScope(() -> {
					inner[0] = Workflows.currentScope();
					inner[0].cancel();
					for (Runnable call : new Runnable[] { () -> Acts.start("A.a"),
							() -> Workflows.sleep(Duration.ofSeconds(1)), () -> Workflows.timer(Duration.ofSeconds(1)),
							() -> Workflows.await(() -> false),
							() -> Workflows.await(Duration.ofSeconds(1), () -> false) }) {
						try {
							call.run();
						}
						catch (CanceledFailure ex) {
							flow.log("refused");
						}
					}
					Workflows.await(() -> true);
					Workflows.cancellationScope(() -> Acts.start("A.nested"));
				});
			}
			catch (CanceledFailure ex) {
				flow.log("left");
			}
			flow.log(inner[0].isCancelRequested() + " " + Workflows.currentScope().isCancelRequested());
			return Acts.call("A.outside");
		});
		try (TestRun run = new TestRun(code)) {
			run.engine.start();
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("schedules activity A.outside (1)");
			assertThat(run.state()).startsWith("[refused, refused, refused, refused, refused, left, true false]");
		}
	}

	@Test
	void shouldCleanUpInADetachedScope() {
		TestCode code = TestCode.run(flow -> {
			try {
				Workflows.sleep(Duration.ofDays(1));
			}
			catch (CanceledFailure ex) {
				Workflows.detachedScope(() -> {
					flow.log(Workflows.currentScope().isCancelRequested());
					flow.log(Acts.call("A.undo"));
					Workflows.sleep(Duration.ofSeconds(1));
				});
				throw ex;
			}
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.cancel(null);
			assertThat(run.commands()).extracting(CommandWords::of)
				.containsExactly("cancels timer (1)", "schedules activity A.undo (2)");
			run.engine.complete(2, "undone");
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("starts a timer (3)");
			run.engine.cancel("again");
			assertThat(run.commands()).isEmpty();
			run.engine.fire(3);
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("ends as cancelled");
			assertThat(run.state()).startsWith("[false, undone]");
		}
	}

	@Test
	void shouldLeaveADetachedScopeAloneThatIsWaitingAlready() {
		TestCode code = TestCode.run(flow -> {
			Workflows.detachedScope(() -> flow.log(Acts.call("A.a")));
			flow.log(Workflows.currentScope().isCancelRequested());
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.cancel(null);
			assertThat(run.commands()).isEmpty();
			run.engine.complete(1, "finished");
			run.turn();
			assertThat(run.state()).startsWith("[finished, true]");
		}
	}

	@Test
	void shouldCancelAsynchronousWorkWithTheScopeItWasStartedIn() {
		TestCode code = TestCode.run(flow -> {
			AtomicReference<Promise<?>> work = new AtomicReference<>();
			CancellationScope scope = Workflows
				.cancellationScope(() -> work.set(Workflows.async(() -> Acts.call("A.a"))));
			Promise<?> other = Acts.start("A.b");
			Workflows.await(() -> flow.has("stop"));
			scope.cancel();
			try {
				work.get().get();
			}
			catch (ActivityFailure ex) {
				flow.log(ex.getCause().getMessage());
			}
			return other.get();
		}).signal("stop", (flow, argument) -> flow.vars.put("stop", 1));
		try (TestRun run = TestRun.started(code)) {
			assertThat(run.engine.activities).containsValues("A.a", "A.b");
			run.engine.signal("stop");
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("cancels activity (2)");
			run.engine.complete(1, "b");
			run.turn();
			assertThat(run.state()).startsWith("[The cancellation scope was cancelled]");
			assertThat(run.engine.closed).isTrue();
		}
	}

	@Test
	void shouldCancelAScopeOnceOnly() {
		TestCode code = TestCode.run(flow -> {
			CancellationScope scope = Workflows.cancellationScope(() -> Acts.start("A.a"));
			scope.cancel();
			scope.cancel();
			return Acts.call("A.b");
		});
		try (TestRun run = new TestRun(code)) {
			run.engine.start();
			assertThat(run.commands()).extracting(CommandWords::of)
				.containsExactly("schedules activity A.a (1)", "cancels activity (1)", "schedules activity A.b (2)");
		}
	}

	@Test
	void shouldRecordAnActivityThatWasFasterThanItsCancellation() {
		TestCode code = TestCode.run(flow -> {
			try {
				return Acts.call("A.a");
			}
			catch (ActivityFailure ex) {
				return Workflows.cancellationScope(() -> flow.log("cancelled")).isCancelRequested();
			}
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.complete(1, "too late");
			run.engine.cancel(null);
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("cancels activity (1)", "returns");
			assertThat(run.state()).startsWith("[cancelled]");
			assertThat(run.engine.history).extracting(e -> (Object) e.event())
				.contains(new HistoryEvent.ActivityCancelRequested(1, RaceOutcome.LOST_RACE));
		}
	}

	@Test
	void shouldNotCloseTheRunBecauseASignalHandlerWasCancelled() {
		TestCode code = TestCode.run(flow -> {
			Workflows.detachedScope(() -> flow.log(Acts.call("A.undo")));
			return "cleaned up";
		}).signal("wait", (flow, argument) -> Workflows.sleep(Duration.ofDays(1)));
		try (TestRun run = TestRun.started(code)) {
			run.engine.signal("wait");
			run.turn();
			run.engine.cancel(null);
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("cancels timer (2)");
			run.engine.complete(1, "undone");
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("returns");
		}
	}

	@Test
	void shouldCancelChildrenOfNestedScopesButNoDetachedOnes() {
		TestCode code = TestCode.run(flow -> {
			CancellationScope scope = Workflows.cancellationScope(() -> {
				Workflows.cancellationScope(() -> Workflows.cancellationScope(() -> Acts.start("A.deep")));
				Workflows.detachedScope(() -> Acts.start("A.detached"));
				Workflows.cancellationScope(() -> Acts.start("A.second"));
			});
			scope.cancel();
			Workflows.await(() -> false);
			return null;
		});
		try (TestRun run = new TestRun(code)) {
			run.engine.start();
			assertThat(run.commands()).extracting(CommandWords::of)
				.containsExactly("schedules activity A.deep (1)", "schedules activity A.detached (2)",
						"schedules activity A.second (3)", "cancels activity (1)", "cancels activity (3)");
		}
	}

	@Test
	void shouldRefuseAScopeOnAForeignThread() {
		AtomicReference<CancellationScope> leaked = new AtomicReference<>();
		TestCode code = TestCode.run(flow -> {
			leaked.set(Workflows.currentScope());
			return Acts.call("A.a");
		});
		try (TestRun run = TestRun.started(code)) {
			assertThat(run.engine.closed).isFalse();
			assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> leaked.get().cancel())
				.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_IN_WORKFLOW));
		}
	}

}
