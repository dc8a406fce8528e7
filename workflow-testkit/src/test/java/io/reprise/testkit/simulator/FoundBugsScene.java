package io.reprise.testkit.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.engine.Engine;
import io.reprise.engine.EngineSettings;
import io.reprise.kernel.Limits;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Command;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.WorkflowTask;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.IdSource;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.RunWrite;
import io.reprise.spi.TaskDispatch;
import io.reprise.spi.WriteOutcome;
import io.reprise.testkit.InMemoryHistoryStore;
import io.reprise.testkit.VirtualClock;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Engines on one store, turn by turn, for what the simulator found.
 */
abstract class FoundBugsScene {

	static final Duration NEVER = Duration.ofDays(1_000);

	static final ExecutionKey RUN = new ExecutionKey(ExecutionKey.DEFAULT_NAMESPACE, "order", "run-1");

	static final ExecutionKey LATEST = new ExecutionKey(ExecutionKey.DEFAULT_NAMESPACE, "order", "");

	final VirtualClock clock = new VirtualClock();

	final InMemoryHistoryStore store = new InMemoryHistoryStore(clock);

	final Dispatched dispatched = new Dispatched();

	Engine engine(String node, HistoryStore seen, TaskDispatch dispatch) {
		return engine(node, seen, store, () -> node, dispatch);
	}

	Engine engine(String node, HistoryStore seen, NodeRegistry registry, IdSource ids, TaskDispatch dispatch) {
		Engine engine = newEngine(node, seen, registry, ids, dispatch);
		engine.start();
		return engine;
	}

	Engine newEngine(String node, HistoryStore seen, NodeRegistry registry, IdSource ids, TaskDispatch dispatch) {
		return new Engine(
				new EngineSettings(1, 256, node.equals("a") ? 0 : 100, Duration.ZERO, NEVER, NEVER,
						Duration.ofSeconds(10), Duration.ZERO, NEVER, Limits.DEFAULT),
				seen, registry, dispatch, clock, ids, () -> Set.of("Program"));
	}

	/** What waits sets its next timer in a thread of its own. */
	void letTimePassUntil(BooleanSupplier end) {
		while (!end.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
			clock.advance(Duration.ofSeconds(2));
			Thread.yield();
		}
	}

	void runToItsEnd(Engine engine, Command start) {
		engine.submit(start).join();
		complete(engine);
	}

	void complete(Engine engine) {
		engine.submit(turn(dispatched.next(), List.of(new TurnCommand.CompleteWorkflow(Payload.NULL)))).join();
	}

	static ExecutionKey run(String runId) {
		return new ExecutionKey(RUN.namespace(), RUN.workflowId(), runId);
	}

	static Command requested(String runId) {
		return start(runId, "request", IdReusePolicy.ALLOW_DUPLICATE, IdConflictPolicy.FAIL);
	}

	static Command requested(String runId, IdReusePolicy reuse) {
		return start(runId, "request", reuse, IdConflictPolicy.TERMINATE_EXISTING);
	}

	static Command start(String runId, IdConflictPolicy onRunning) {
		return start(runId, IdReusePolicy.ALLOW_DUPLICATE, onRunning);
	}

	static Command start(String runId, IdReusePolicy onClosed, IdConflictPolicy onRunning) {
		return start(runId, runId, onClosed, onRunning);
	}

	static Command start(String runId, String requestId, IdReusePolicy onClosed, IdConflictPolicy onRunning) {
		return new Command.StartWorkflow(run(runId), "Program", "default", Payload.NO_ARGUMENTS, requestId, onClosed,
				onRunning);
	}

	static Command signal(String label) {
		return new Command.SignalWorkflow(LATEST, "signal", SimulatedNode.CONVERTER.toArguments(label), label);
	}

	static Command turn(WorkflowTask task, List<TurnCommand> commands) {
		return new Command.CompleteTask(task.key(), task.token(), task.time(), "build", commands, List.of());
	}

	static class Dispatched implements TaskDispatch {

		private final BlockingQueue<WorkflowTask> turns = new LinkedBlockingQueue<>();

		final List<ActivityTask> attempts = new CopyOnWriteArrayList<>();

		WorkflowTask next() {
			try {
				@Nullable WorkflowTask task = turns.poll(10, TimeUnit.SECONDS);
				assertThat(task).describedAs("the next turn").isNotNull();
				return task;
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}

		@Override
		public void dispatch(WorkflowTask task) {
			turns.add(task);
		}

		@Override
		public void dispatch(ActivityTask task) {
			attempts.add(task);
		}

		@Override
		public void cancelActivity(ExecutionKey key, int activityId) {
			throw new AssertionError("Expected no activity");
		}

		@Override
		public void runClosed(ExecutionKey key) {
			// What it keeps of the run can stay.
		}

	}

	/**
	 * Commits a run of its own for as long as a test likes, so that the rest is a batch.
	 */
	static final class Busy extends ForwardingStore {

		private final CountDownLatch committing = new CountDownLatch(1);

		private final CountDownLatch go = new CountDownLatch(1);

		Busy(HistoryStore store) {
			super(store);
		}

		@Override
		public List<WriteOutcome> commit(List<RunWrite> writes) {
			if (writes.getFirst().record().key().workflowId().equals("busy")) {
				committing.countDown();
				await(go);
			}
			return super.commit(writes);
		}

		void begin(Engine engine) {
			Command other = new Command.StartWorkflow(new ExecutionKey(ExecutionKey.DEFAULT_NAMESPACE, "busy", "run-2"),
					"Program", "default", Payload.NO_ARGUMENTS, "run-2", IdReusePolicy.ALLOW_DUPLICATE,
					IdConflictPolicy.FAIL);
			// Whoever submits to an idle lane commits
			Thread.ofVirtual().start(() -> engine.submit(other));
			await(committing);
		}

		void end() {
			go.countDown();
		}

		private static void await(CountDownLatch latch) {
			try {
				assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}

	}

}
