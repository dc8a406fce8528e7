package io.reprise.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

import io.reprise.ActivitySettings;
import io.reprise.WorkflowClient;
import io.reprise.client.DefaultWorkflowClient;
import io.reprise.client.EmbeddedGateway;
import io.reprise.client.EmbeddedRunSource;
import io.reprise.client.KnownTypes;
import io.reprise.client.UuidV7Source;
import io.reprise.client.WorkflowGateway;
import io.reprise.convert.ChainedPayloadConverter;
import io.reprise.convert.ClaimCheckCodec;
import io.reprise.convert.CodedPayloadConverter;
import io.reprise.convert.FailureConverter;
import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.definition.ActivityBean;
import io.reprise.definition.ActivityFakes;
import io.reprise.definition.ActivityOptionsResolver;
import io.reprise.definition.ActivityRegistry;
import io.reprise.definition.ActivityStubs;
import io.reprise.definition.MissingActivities;
import io.reprise.definition.WorkflowRegistry;
import io.reprise.engine.Engine;
import io.reprise.engine.EngineSettings;
import io.reprise.engine.SystemTicker;
import io.reprise.kernel.Limits;
import io.reprise.protocol.ExecutionKey;
import io.reprise.replay.ReplayLimits;
import io.reprise.spi.IdSource;
import io.reprise.spi.PayloadConverter;
import io.reprise.worker.Worker;
import io.reprise.worker.WorkerSettings;
import org.jspecify.annotations.Nullable;

/**
 * The real engine, worker and replayer over a store in memory and a virtual clock,
 * without Spring. Can crash, restart and deploy another build, as production does.
 *
 * <pre>{@code
 * try (var environment = WorkflowTestEnvironment.of(Subscription.class)
 *         .activities(new Payments(), new Mails())
 *         .start()) {
 *     environment.client().start(Subscription.class, w -> w.run("ada"), StartOptions.withId("ada"));
 *     environment.time().advance(Duration.ofDays(45));
 *     environment.crash();
 *     var ada = environment.client().handle(Subscription.class, "ada");
 *     assertThat(ada.query(Subscription::months)).isEqualTo(2);
 * }
 * }</pre>
 *
 * Unlike a {@link WorkflowTest} it scans no code for calls that are not deterministic,
 * reads no configuration, and keeps workflows in memory between their turns, as
 * production does; {@link #evictAll()} lets them be replayed.
 * <p>
 * To be used by one thread; {@link #client()} and {@link #time()} give what any number of
 * threads may use.
 */
public final class WorkflowTestEnvironment implements AutoCloseable {

	private final VirtualClock clock = new VirtualClock();

	private final InMemoryHistoryStore store = new InMemoryHistoryStore(clock);

	private final AtomicLong nodes = new AtomicLong();

	private final List<Object> activities = new ArrayList<>();

	private final Map<String, ActivityFakes.Fake> fakes = new HashMap<>();

	private final SystemTicker realTime = new SystemTicker();

	private final CrashControl control = new CrashControl();

	private final TestTime time = new TestTime(clock, store, this::isIdle);

	private UnaryOperator<WorkerSettings> workerSettings = UnaryOperator.identity();

	private Limits limits = Limits.DEFAULT;

	private final WorkflowClient client = new SkippingClient(
			new SurvivingClient(new Lives(() -> node().client, nodes::get, control)), () -> time());

	private List<Class<?>> workflows;

	private volatile @Nullable Node node;

	private WorkflowTestEnvironment(List<Class<?>> workflows) {
		this.workflows = workflows;
	}

	/**
	 * An environment for workflow types. Not yet started.
	 * @param workflows annotated classes, or implementations of annotated interfaces
	 * @return the environment
	 */
	public static WorkflowTestEnvironment of(Class<?>... workflows) {
		return new WorkflowTestEnvironment(List.of(workflows));
	}

	/**
	 * Adds objects whose class is annotated with {@code @Activity}, or extends or
	 * implements a type that is, mocks included. Called before the start, or before a
	 * crash or a deployment for what comes after it.
	 * @param objects the activities
	 * @return this
	 */
	public WorkflowTestEnvironment activities(Object... objects) {
		activities.addAll(List.of(objects));
		return this;
	}

	/**
	 * Lets a function stand in for an activity. Other activities of the same type are
	 * those of the object that was added, if there is one. Called before the start, or
	 * before a crash or a deployment for what comes after it.
	 * @param name name of an activity that a workflow takes, {@code Group.method}
	 * @param function takes the activity's arguments and gives its result, or throws
	 * @return this
	 */
	public WorkflowTestEnvironment activity(String name, ActivityFunction function) {
		fakes.put(name, function::call);
		return this;
	}

	/**
	 * Changes how the worker works, from the next start on.
	 * @param change makes settings out of the defaults
	 * @return this
	 */
	public WorkflowTestEnvironment worker(UnaryOperator<WorkerSettings> change) {
		workerSettings = change;
		return this;
	}

	/**
	 * Changes what runs may use, from the next start on.
	 * @param changed the limits
	 * @return this
	 */
	public WorkflowTestEnvironment limits(Limits changed) {
		limits = changed;
		return this;
	}

	/**
	 * Starts. Once; {@link #crash()} and {@link #deploy} start anew.
	 * @return this
	 * @throws io.reprise.definition.DefinitionException if a workflow or an activity
	 * breaks a rule, or a workflow takes an activity that was not added
	 */
	public WorkflowTestEnvironment start() {
		if (node != null) {
			throw new IllegalStateException("Expected start() to be called once, but the environment has been started");
		}
		node = new Node("build-1");
		return this;
	}

	/**
	 * A client of the process that runs. It and its handles go on over crashes and
	 * deployments; a typed handle means the latest run then.
	 * @return a client that lets time pass while it waits for results
	 */
	public WorkflowClient client() {
		node();
		return client;
	}

	/**
	 * The time, which goes on over crashes and deployments.
	 * @return the time
	 */
	public TestTime time() {
		return time;
	}

	/**
	 * Where runs are kept, over crashes and deployments, and what can be made to fail.
	 * @return the store
	 */
	public InMemoryHistoryStore store() {
		return store;
	}

	/**
	 * The engine of the process that runs.
	 * @return the engine
	 */
	public Engine engine() {
		return node().engine;
	}

	/**
	 * Drops all workflows from memory: the next turn or query replays.
	 */
	public void evictAll() {
		node().worker.evictAll();
	}

	/**
	 * Ends the process without a word, and starts it again. Attempts that were under way
	 * count as lost.
	 */
	public void crash() {
		Node old = node();
		old.die();
		node = new Node(old.buildId);
	}

	/**
	 * Stops as an application that is shut down, and starts with other code.
	 * @param changed all workflow types of the new build
	 */
	public void deploy(Class<?>... changed) {
		node().stop();
		workflows = List.of(changed);
		node = new Node("build-" + (nodes.get() + 1));
	}

	/**
	 * Begins anew: the process ends without a word, all runs are gone, and it is started
	 * again. Time goes on.
	 */
	public void reset() {
		Node old = node();
		old.die();
		store.clearFailures();
		store.clear();
		node = new Node(old.buildId);
	}

	/** What lets the process die where a test wants it to. */
	CrashControl control() {
		return control;
	}

	/**
	 * Crashes, in another thread, before anything else is written.
	 * @param whenDead what is done before it starts again
	 */
	void crashSoon(Runnable whenDead) {
		Node doomed = node();
		control.crashSoon(doomed.view, () -> doomed.worker.isIdle() && doomed.engine.isIdle(), () -> {
			doomed.die();
			whenDead.run();
			node = new Node(doomed.buildId);
		});
	}

	@Override
	public void close() {
		Node last = node;
		if (last != null) {
			last.stop();
		}
		realTime.close();
	}

	/**
	 * Settings of an engine whose time is virtual: nothing is done from time to time,
	 * because time may fly.
	 * @param limits what a run may use
	 * @return the settings
	 */
	static EngineSettings settings(Limits limits) {
		return new EngineSettings(1, 256, 10_000, Duration.ZERO, EngineSettings.NEVER, EngineSettings.NEVER,
				Duration.ofSeconds(10), Duration.ZERO, EngineSettings.NEVER, limits);
	}

	private boolean isIdle() {
		Node current = node;
		return !control.isCrashing()
				&& (current == null || (current.worker.isIdle() && current.engine.isIdle() && current.worker.isIdle()));
	}

	private Node node() {
		Node current = node;
		if (current == null) {
			throw new IllegalStateException("Expected the environment to be started, but start() was not called");
		}
		return current;
	}

	/**
	 * One life of the process.
	 */
	private final class Node {

		private final long number = nodes.incrementAndGet();

		private final String buildId;

		private final Worker worker;

		private final Engine engine;

		private final WorkflowClient client;

		private final NodeStore view = control.view(store);

		Node(String buildId) {
			this.buildId = buildId;
			PayloadConverter converter = CodedPayloadConverter.of(
					new ChainedPayloadConverter(List.of(), JacksonPayloadConverter.withDefaults()),
					List.of(new ClaimCheckCodec(store)), false);
			WorkflowRegistry types = WorkflowRegistry.of(workflows, new ActivityStubs(), converter);
			ActivityRegistry registry = ActivityRegistry.of(ActivityFakes.replace(beans(), types, fakes));
			MissingActivities.refuse(types, registry);
			worker = new Worker(control.settings(workerSettings.apply(WorkerSettings.defaults(buildId))), types,
					registry, converter, new ActivityOptionsResolver(registry, Map.of(), ActivitySettings.none()),
					new ReplayLimits(limits.payloadBytes(), limits.pendingActivities(), limits.pendingTimers(),
							limits.pendingRequests()),
					clock, realTime, clock);
			engine = new Engine(settings(limits), view.store(), store, worker, clock, ids(), types::types);
			worker.start(engine, new EmbeddedRunSource(engine.runs()));
			engine.start();
			WorkflowGateway gateway = new EmbeddedGateway(engine, worker);
			client = new DefaultWorkflowClient(gateway, KnownTypes.of(types), converter,
					new FailureConverter(converter), new UuidV7Source(), ExecutionKey.DEFAULT_NAMESPACE);
		}

		/**
		 * The node's first, which is short for those who read logs, then those of runs.
		 */
		private IdSource ids() {
			IdSource ids = new UuidV7Source();
			AtomicBoolean joined = new AtomicBoolean();
			return () -> joined.getAndSet(true) ? ids.next() : "node-" + number;
		}

		private Collection<ActivityBean> beans() {
			return activities.stream()
				.map((object) -> new ActivityBean(object.getClass().getSimpleName(), object.getClass(),
						() -> control.attempted(object)))
				.toList();
		}

		void stop() {
			engine.drain();
			boolean drained = worker.drain(Duration.ofSeconds(5));
			engine.stop(drained);
			worker.stop();
		}

		void die() {
			store.killNode(engine.nodeId());
			view.die();
			engine.drain();
			// First, as turns wait for it that would be waited for
			engine.stop(false);
			worker.stop();
		}

	}

}
