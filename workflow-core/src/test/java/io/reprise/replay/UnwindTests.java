package io.reprise.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import io.reprise.ErrorCode;
import io.reprise.Promise;
import io.reprise.WorkflowContext;
import io.reprise.Workflows;
import io.reprise.protocol.Payload;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Removing runs from memory, and code that hangs.
 */
@Timeout(30)
class UnwindTests {

	private final List<String> trace = Collections.synchronizedList(new ArrayList<>());

	private static WorkflowMachine blocked(TestCode code) {
		return blocked(code, SliceListener.NONE);
	}

	private static WorkflowMachine blocked(TestCode code, SliceListener slices) {
		TestEngine engine = new TestEngine();
		engine.start();
		WorkflowMachine machine = new WorkflowMachine(code, TestEngine.INFO,
				TestRun.services(ReplayLimits.DEFAULT, slices));
		assertThat(machine.turn(engine.task())).isInstanceOf(TurnResult.Completed.class);
		return machine;
	}

	private void tryCall(String name, Runnable call) {
		try {
			call.run();
			trace.add(name + " went through");
		}
		catch (Unwind ex) {
			trace.add(name);
		}
	}

	@Test
	void shouldEndEveryThreadAndRunFinallyBlocks() {
		WorkflowMachine machine = blocked(TestCode.run(flow -> {
			for (int i = 0; i < 3; i++) {
				int number = i;
				Workflows.asyncVoid(() -> {
					try {
						Acts.call("A.a");
					}
					finally {
						trace.add("finally " + number);
					}
				});
			}
			try {
				Workflows.await(() -> false);
			}
			catch (Exception ex) {
				trace.add("caught");
			}
			finally {
				trace.add("finally run");
			}
			return null;
		}));
		assertThat(machine.liveThreads()).isEqualTo(4);
		machine.close();
		assertThat(machine.liveThreads()).isZero();
		assertThat(trace).containsExactly("finally run", "finally 0", "finally 1", "finally 2");
		machine.close();
	}

	@Test
	void shouldRethrowFromEveryCallWhileUnwinding() {
		WorkflowMachine machine = blocked(TestCode.run(flow -> {
			Promise<Object> done = Workflows.async(() -> "done");
			var scope = Workflows.currentScope();
			var random = Workflows.random();
			try {
				return Acts.call("A.a");
			}
			finally {
				tryCall("activity", () -> Acts.start("A.b"));
				tryCall("sleep", () -> Workflows.sleep(Duration.ofSeconds(1)));
				tryCall("timer", () -> Workflows.timer(Duration.ofSeconds(1)));
				tryCall("await", () -> Workflows.await(() -> true));
				tryCall("await with time", () -> Workflows.await(Duration.ofSeconds(1), () -> true));
				tryCall("async", () -> Workflows.async(() -> 1));
				tryCall("now", Workflows::now);
				tryCall("info", Workflows::info);
				tryCall("patched", () -> Workflows.patched("p"));
				tryCall("uuid", Workflows::randomUuid);
				tryCall("random", random::nextLong);
				tryCall("side effect", () -> Workflows.sideEffect(String.class, () -> "x"));
				tryCall("scope", () -> Workflows.detachedScope(() -> trace.add("ran in scope")));
				tryCall("cancel", scope::cancel);
				tryCall("is cancelled", scope::isCancelRequested);
				tryCall("get", done::get);
				tryCall("is done", done::isDone);
				trace.add("replaying " + WorkflowContext.current().isReplaying());
			}
		}));
		machine.close();
		assertThat(trace).hasSize(18)
			.noneMatch(line -> line.endsWith("went through"))
			.doesNotContain("ran in scope")
			.contains("replaying true");
		assertThat(machine.liveThreads()).isZero();
	}

	@Test
	void shouldNotStartThreadsThatNeverRan() {
		WorkflowMachine machine = blocked(TestCode.run(flow -> {
			Workflows.async(() -> trace.add("never"));
			return "closes at once";
		}));
		machine.close();
		assertThat(trace).isEmpty();
		assertThat(machine.liveThreads()).isZero();
	}

	@Test
	void shouldUnwindWhatIsStillBlockedAfterTheRunEnded() {
		WorkflowMachine machine = blocked(TestCode.run(flow -> {
			Workflows.async(() -> trace.add("started") ? Acts.call("A.a") : null);
			Workflows.await(Duration.ofSeconds(1), () -> {
				trace.add("looked");
				return trace.size() > 2;
			});
			return "result";
		}));
		assertThat(machine.isClosed()).isTrue();
		assertThat(machine.liveThreads()).isEqualTo(1);
		machine.close();
		assertThat(machine.liveThreads()).isZero();
	}

	@Test
	void shouldGiveUpThreadsThatSwallowTheErrorForEver() {
		WorkflowMachine machine = blocked(TestCode.run(flow -> {
			Workflows.asyncVoid(() -> {
				try {
					Acts.call("A.a");
				}
				finally {
					trace.add("the other ended");
				}
			});
			while (true) {
				try {
					Acts.call("A.a");
				}
				catch (Throwable ex) {
					trace.add("swallowed");
				}
			}
		}));
		machine.close();
		assertThat(trace).contains("swallowed", "the other ended").hasSizeLessThan(200);
		assertThat(machine.liveThreads()).isEqualTo(1);
	}

	@Test
	void shouldNeverInterruptAndNotMindInterrupts() {
		WorkflowMachine machine = blocked(TestCode.run(flow -> {
			Thread.currentThread().interrupt();
			try {
				return Acts.call("A.a");
			}
			finally {
				trace.add("interrupted " + Thread.currentThread().isInterrupted());
			}
		}));
		Thread.currentThread().interrupt();
		machine.close();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(trace).containsExactly("interrupted false");
	}

	@Test
	void shouldFreeTheDriverFromCodeThatHangs() throws Exception {
		ReentrantLock lock = new ReentrantLock();
		TestCode code = TestCode.run(flow -> {
			Workflows.async(() -> {
				try {
					return Acts.call("A.a");
				}
				finally {
					trace.add("the other ended");
				}
			});
			Workflows.sleep(Duration.ofSeconds(1));
			lock.lock();
			tryCall("activity after hanging", () -> Acts.start("A.b"));
			trace.add("woke up");
			return null;
		});
		TestEngine engine = new TestEngine();
		engine.start();
		AtomicReference<Thread> slice = new AtomicReference<>();
		WorkflowMachine machine = new WorkflowMachine(code, TestEngine.INFO,
				TestRun.services(ReplayLimits.DEFAULT, new SliceListener() {

					@Override
					public void sliceStarted(WorkflowMachine started, Thread coroutine) {
						slice.set(coroutine);
					}

					@Override
					public void sliceEnded(WorkflowMachine ended) {
						slice.set(null);
					}

				}));
		machine.committed(engine.take(engine.task(), (TurnResult.Completed) machine.turn(engine.task())));
		assertThat(slice).hasNullValue();
		assertThat(machine.abandon(ErrorCode.DEADLOCK, "nothing runs")).isFalse();
		assertThat(machine.isUsable()).isTrue();
		engine.fire(1);
		lock.lock();
		FutureTask<TurnResult> turn = new FutureTask<>(() -> machine.turn(engine.task()));
		Thread.ofPlatform().start(turn);
		Awaitility.await().until(lock::hasQueuedThreads);
		assertThat(machine.runningThread()).isNotNull().isSameAs(slice.get());
		assertThat(machine.abandon(ErrorCode.DEADLOCK, "It hangs")).isTrue();
		assertThat(turn.get()).isEqualTo(new TurnResult.Bug(ErrorCode.DEADLOCK, "It hangs"));
		machine.close();
		assertThat(trace).containsExactly("the other ended");
		assertThat(machine.liveThreads()).isEqualTo(1);
		lock.unlock();
		Awaitility.await().until(() -> machine.liveThreads() == 0);
		assertThat(trace).containsExactly("the other ended", "activity after hanging", "woke up");
	}

	@Test
	void shouldFreeReplayAndQueriesAndClosing() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		AtomicReference<CountDownLatch> hang = new AtomicReference<>(new CountDownLatch(0));
		TestCode code = TestCode.run(flow -> {
			hang.get().await();
			try {
				return Acts.call("A.a");
			}
			finally {
				hang.get().await();
			}
		}).query("hang", (flow, argument) -> {
			never.await();
			return null;
		});
		TestEngine engine = new TestEngine();
		engine.start();
		MachineServices services = TestRun.services(ReplayLimits.DEFAULT, SliceListener.NONE);
		WorkflowMachine machine = new WorkflowMachine(code, TestEngine.INFO, services);
		engine.take(engine.task(), (TurnResult.Completed) machine.turn(engine.task()));

		WorkflowMachine replaying = new WorkflowMachine(code, TestEngine.INFO, services);
		hang.set(never);
		assertThat(abandoned(replaying, () -> replaying.replay(engine.copy())))
			.isEqualTo(new TurnResult.Bug(ErrorCode.DEADLOCK, "It hangs"));

		assertThat(abandoned(machine,
				() -> QueryTests.refusal(() -> machine.query("hang", Payload.NO_ARGUMENTS)).getMessage()))
			.asString()
			.contains("did not come to an end: It hangs");
		assertThat(machine.isUsable()).isFalse();

		assertThat(abandoned(machine, () -> {
			machine.close();
			return "closed";
		})).isEqualTo("closed");
		never.countDown();
		Awaitility.await().until(() -> machine.liveThreads() + replaying.liveThreads() == 0);
		replaying.close();
	}

	private static Object abandoned(WorkflowMachine machine, Callable<Object> hanging) throws Exception {
		FutureTask<Object> task = new FutureTask<>(hanging);
		Thread.ofVirtual().start(task);
		Awaitility.await().until(() -> {
			Thread running = machine.runningThread();
			return running != null && running.getState() == Thread.State.WAITING
					&& machine.abandon(ErrorCode.DEADLOCK, "It hangs");
		});
		return task.get(10, TimeUnit.SECONDS);
	}

	@Test
	void shouldTellTheListenerOfEverySlice() {
		List<String> slices = new ArrayList<>();
		WorkflowMachine machine = blocked(TestCode.run(flow -> Acts.call("A.a")), new SliceListener() {

			@Override
			public void sliceStarted(WorkflowMachine started, Thread coroutine) {
				assertThat(coroutine.isVirtual()).isTrue();
				slices.add("started " + coroutine.getName());
			}

			@Override
			public void sliceEnded(WorkflowMachine ended) {
				assertThat(ended.runningThread()).isNull();
				slices.add("ended");
			}

		});
		machine.query("state", Payload.NO_ARGUMENTS);
		machine.close();
		// The constructor, the workflow method, the query, and unwinding.
		assertThat(slices).hasSize(8).startsWith("started workflow-order-1", "ended");
	}

	@Test
	void shouldBeDrivenByVirtualAndPlatformThreadsInTurn() throws Exception {
		TestCode code = TestCode.run(flow -> {
			for (int i = 0; i < 20; i++) {
				flow.log(Acts.call("A.a"));
			}
			return null;
		});
		TestEngine engine = new TestEngine();
		engine.start();
		WorkflowMachine machine = new WorkflowMachine(code, TestEngine.INFO,
				TestRun.services(ReplayLimits.DEFAULT, SliceListener.NONE));
		for (int i = 0; i <= 20; i++) {
			FutureTask<TurnResult> turn = new FutureTask<>(() -> machine.turn(engine.task()));
			((i % 2 == 0) ? Thread.ofVirtual() : Thread.ofPlatform()).start(turn);
			machine.committed(engine.take(engine.task(), (TurnResult.Completed) turn.get()));
			if (i < 20) {
				engine.complete(i + 1, i);
			}
		}
		assertThat(machine.isClosed()).isTrue();
		machine.close();
		assertThat(machine.liveThreads()).isZero();
	}

}
