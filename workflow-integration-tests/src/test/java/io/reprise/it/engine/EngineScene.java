package io.reprise.it.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.engine.Engine;
import io.reprise.engine.EngineSettings;
import io.reprise.kernel.Limits;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.WorkflowTask;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.NodeRegistry;
import io.reprise.testkit.InMemoryHistoryStore;
import io.reprise.testkit.VirtualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An engine over a store that fails in every way a store can. The test is the worker.
 */
abstract class EngineScene {

	static final ExecutionKey LATEST = new ExecutionKey("default", "order-1", "");

	final VirtualClock clock = new VirtualClock();

	final InMemoryHistoryStore store = new InMemoryHistoryStore(clock);

	final RecordingDispatch dispatch = newDispatch();

	final AtomicInteger ids = new AtomicInteger();

	Engine engine;

	@BeforeEach
	void startEngine() {
		engine = newEngine(dispatch);
		engine.start();
	}

	@AfterEach
	void stopEngine() {
		engine.stop(true);
	}

	/** How often a lease was renewed. */
	final AtomicInteger renewals = new AtomicInteger();

	RecordingDispatch newDispatch() {
		return new RecordingDispatch();
	}

	Engine newEngine(RecordingDispatch target) {
		return newEngine(target, Duration.ofDays(1));
	}

	Engine newEngine(RecordingDispatch target, Duration sweepInterval) {
		EngineSettings settings = new EngineSettings(1, 16, 100, Duration.ZERO, Duration.ofDays(1), sweepInterval,
				Duration.ofSeconds(10), Duration.ZERO, Duration.ofDays(1), Limits.DEFAULT);
		return new Engine(settings, seenStore(), seenRegistry(), target, clock, () -> "node-" + ids.incrementAndGet(),
				() -> Set.of("Order"));
	}

	/** The registry as the engine sees it: the store's, counting renewals. */
	private NodeRegistry seenRegistry() {
		return (NodeRegistry) Proxy.newProxyInstance(NodeRegistry.class.getClassLoader(),
				new Class<?>[] { NodeRegistry.class }, (proxy, method, arguments) -> {
					try {
						return method.invoke(store, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
					finally {
						if (method.getName().equals("renew")) {
							renewals.incrementAndGet();
						}
					}
				});
	}

	/** The store as the engine sees it. */
	HistoryStore seenStore() {
		return store;
	}

	Command.StartWorkflow start(String runId) {
		return start("order-1", runId);
	}

	Command.StartWorkflow start(String workflowId, String runId) {
		return new Command.StartWorkflow(new ExecutionKey("default", workflowId, runId), "Order", "default",
				Payload.NO_ARGUMENTS, runId, IdReusePolicy.ALLOW_DUPLICATE, IdConflictPolicy.FAIL);
	}

	CommandResult submit(Command command) {
		return engine.submit(command).join();
	}

	CommandResult.Accepted accepted(Command command) {
		CommandResult result = submit(command);
		assertThat(result).isInstanceOf(CommandResult.Accepted.class);
		return (CommandResult.Accepted) result;
	}

	CommandResult complete(WorkflowTask task, TurnCommand... commands) {
		return submit(
				new Command.CompleteTask(task.key(), task.token(), task.time(), "build", List.of(commands), List.of()));
	}

	static TurnCommand schedule(int id, ActivityPolicy policy) {
		return new TurnCommand.ScheduleActivity(id, "Payments.charge", Payload.NO_ARGUMENTS, policy);
	}

	List<HistoryEvent> history(String runId) {
		return engine.runs().history(runId).stream().map(RecordedEvent::event).toList();
	}

	/** A lane pauses before it tries again. */
	void resumeLane() {
		clock.advance(Duration.ofSeconds(5));
	}

}
