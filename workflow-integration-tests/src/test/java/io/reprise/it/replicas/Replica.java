package io.reprise.it.replicas;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.reprise.ActivitySettings;
import io.reprise.WorkflowClient;
import io.reprise.client.DefaultWorkflowClient;
import io.reprise.client.EmbeddedGateway;
import io.reprise.client.EmbeddedRunSource;
import io.reprise.client.KnownTypes;
import io.reprise.client.UuidV7Source;
import io.reprise.convert.FailureConverter;
import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.definition.ActivityBean;
import io.reprise.definition.ActivityOptionsResolver;
import io.reprise.definition.ActivityRegistry;
import io.reprise.definition.ActivityStubs;
import io.reprise.definition.WorkflowRegistry;
import io.reprise.engine.Engine;
import io.reprise.engine.EngineSettings;
import io.reprise.kernel.Limits;
import io.reprise.protocol.ExecutionKey;
import io.reprise.replay.ReplayLimits;
import io.reprise.spi.IdSource;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.PayloadConverter;
import io.reprise.testkit.InMemoryHistoryStore;
import io.reprise.testkit.VirtualClock;
import io.reprise.worker.Worker;
import io.reprise.worker.WorkerSettings;

/**
 * One of several replicas of an application, on a store in memory and a virtual clock.
 */
final class Replica {

	static final Duration LEASE = Duration.ofSeconds(3);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Engine engine;

	private final Worker worker;

	private final WorkflowClient client;

	Replica(String name, InMemoryHistoryStore store, VirtualClock clock, int slots, Object activities,
			Collection<Class<?>> types) {
		this(() -> name, store, store, clock, slots, activities, types);
	}

	Replica(IdSource ids, InMemoryHistoryStore store, NodeRegistry nodes, VirtualClock clock, int slots,
			Object activities, Collection<Class<?>> types) {
		this(ids, "build", store, nodes, clock, slots, activities, types);
	}

	Replica(IdSource ids, String buildId, InMemoryHistoryStore store, NodeRegistry nodes, VirtualClock clock, int slots,
			Object activities, Collection<Class<?>> types) {
		PayloadConverter converter = JacksonPayloadConverter.withDefaults();
		ActivityRegistry registry = ActivityRegistry
			.of(List.of(new ActivityBean("activities", activities.getClass(), () -> activities)));
		WorkflowRegistry workflows = WorkflowRegistry.of(types, new ActivityStubs(), converter);
		worker = new Worker(
				new WorkerSettings(buildId, 20, slots, slots, 100, Duration.ofMinutes(1), PATIENCE,
						Duration.ofSeconds(1)),
				workflows, registry, converter,
				new ActivityOptionsResolver(registry, Map.of(), ActivitySettings.none()), ReplayLimits.DEFAULT, clock,
				clock, clock);
		engine = new Engine(new EngineSettings(2, 64, 100, Duration.ZERO, LEASE, Duration.ofSeconds(1), PATIENCE,
				Duration.ZERO, Duration.ofDays(1), Limits.DEFAULT), store, nodes, worker, clock, ids, workflows::types);
		worker.start(engine, new EmbeddedRunSource(engine.runs()));
		engine.start();
		client = new DefaultWorkflowClient(new EmbeddedGateway(engine, worker), KnownTypes.of(workflows), converter,
				new FailureConverter(converter), new UuidV7Source(), ExecutionKey.DEFAULT_NAMESPACE);
	}

	WorkflowClient client() {
		return client;
	}

	/**
	 * Stops as an application does, in a thread of its own.
	 * @return whether all attempts had ended
	 */
	CompletableFuture<Boolean> stopLater(Duration timeout) {
		engine.drain();
		return CompletableFuture.supplyAsync(() -> {
			boolean drained = worker.drain(timeout);
			engine.stop(drained);
			worker.stop();
			return drained;
		}, (task) -> Thread.ofVirtual().start(task));
	}

	void stop() {
		engine.stop(false);
		worker.stop();
	}

}
