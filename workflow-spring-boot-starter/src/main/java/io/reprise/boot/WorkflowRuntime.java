package io.reprise.boot;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.reprise.ErrorCode;
import io.reprise.Internal;
import io.reprise.WorkflowException;
import io.reprise.client.WorkflowGateway;
import io.reprise.definition.ActivityRegistry;
import io.reprise.definition.WorkflowRegistry;
import io.reprise.engine.Engine;
import io.reprise.worker.Worker;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;

/**
 * Engine and worker of the application. Finds the workflows and activities when the
 * application's beans exist, so that those may depend on the client without a cycle.
 * Starts before web servers and message listeners and stops after them. A context that is
 * stopped and started again, as paused contexts of tests are, gets a new engine.
 */
@Internal("For the test kit, which looks at engine and worker. Applications use WorkflowClient.")
public final class WorkflowRuntime implements SmartInitializingSingleton, SmartLifecycle, DisposableBean {

	/**
	 * Phase of the lifecycle: below those of web servers and of their graceful shutdown,
	 * above that of most infrastructure.
	 */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 8192;

	private final Supplier<Definitions> finder;

	private final Function<Definitions, RuntimeNode> nodes;

	private final Duration shutdownTimeout;

	private volatile @Nullable Definitions definitions;

	private volatile @Nullable RuntimeNode node;

	private volatile boolean running;

	WorkflowRuntime(Supplier<Definitions> finder, Function<Definitions, RuntimeNode> nodes, Duration shutdownTimeout) {
		this.finder = finder;
		this.nodes = nodes;
		this.shutdownTimeout = shutdownTimeout;
	}

	@Override
	public void afterSingletonsInstantiated() {
		definitions = finder.get();
	}

	@Override
	public void start() {
		if (running) {
			return;
		}
		RuntimeNode next = nodes.apply(definitions());
		try {
			next.start();
		}
		catch (WorkflowException ex) {
			next.stop(Duration.ZERO);
			throw SetupException.of(ex);
		}
		node = next;
		running = true;
	}

	@Override
	public void stop() {
		RuntimeNode current = node;
		if (running && current != null) {
			running = false;
			current.stop(shutdownTimeout);
		}
	}

	@Override
	public void destroy() {
		stop();
	}

	@Override
	public boolean isRunning() {
		return running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * The engine that runs, or ran last.
	 * @return the engine
	 * @throws WorkflowException with {@link ErrorCode#ENGINE_NOT_RUNNING} before the
	 * application context has started
	 */
	public Engine engine() {
		return node().engine();
	}

	/**
	 * The worker that runs, or ran last.
	 * @return the worker
	 * @throws WorkflowException with {@link ErrorCode#ENGINE_NOT_RUNNING} before the
	 * application context has started
	 */
	public Worker worker() {
		return node().worker();
	}

	/**
	 * The workflows of the application.
	 * @return the workflows
	 * @throws WorkflowException with {@link ErrorCode#ENGINE_NOT_RUNNING} before all
	 * beans exist
	 */
	public WorkflowRegistry workflows() {
		return definitions().workflows();
	}

	/**
	 * The activities of the application.
	 * @return the activities
	 * @throws WorkflowException with {@link ErrorCode#ENGINE_NOT_RUNNING} before all
	 * beans exist
	 */
	public ActivityRegistry activities() {
		return definitions().activities();
	}

	Optional<Engine> startedEngine() {
		return Optional.ofNullable(node).map(RuntimeNode::engine);
	}

	WorkflowGateway gateway() {
		return node().gateway();
	}

	private RuntimeNode node() {
		RuntimeNode current = node;
		if (current == null) {
			throw starting();
		}
		return current;
	}

	private Definitions definitions() {
		Definitions found = definitions;
		if (found == null) {
			throw starting();
		}
		return found;
	}

	private static WorkflowException starting() {
		return new WorkflowException(ErrorCode.ENGINE_NOT_RUNNING,
				"Expected the workflow engine to run, but the application is still starting. "
						+ "Use the client in an ApplicationRunner or later, not while beans are made");
	}

}
