package io.reprise.testkit.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;

import io.reprise.ActivitySettings;
import io.reprise.client.EmbeddedGateway;
import io.reprise.client.EmbeddedRunSource;
import io.reprise.client.WorkflowGateway;
import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.definition.ActivityOptionsResolver;
import io.reprise.definition.ActivityRegistry;
import io.reprise.definition.ActivityStubs;
import io.reprise.definition.WorkflowRegistry;
import io.reprise.engine.Engine;
import io.reprise.engine.EngineHealth;
import io.reprise.engine.EngineSettings;
import io.reprise.kernel.Limits;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Payload;
import io.reprise.replay.ReplayLimits;
import io.reprise.spi.CommandGate;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.PayloadConverter;
import io.reprise.spi.Ticker;
import io.reprise.worker.Worker;
import io.reprise.worker.WorkerSettings;
import org.jspecify.annotations.Nullable;

/**
 * A node and its lives: the engine and the worker that production has.
 */
final class SimulatedNode {

	static final PayloadConverter CONVERTER = JacksonPayloadConverter.withDefaults();

	static final WorkflowRegistry WORKFLOWS = WorkflowRegistry.of(List.of(Interpreter.class), new ActivityStubs(),
			CONVERTER);

	static final Duration LEASE = Duration.ofSeconds(5);

	/** Longer than the lease, which has to be renewed meanwhile. */
	private static final Duration DRAIN = Duration.ofSeconds(7);

	private static final Duration UPDATE_PATIENCE = Duration.ofSeconds(11);

	private final Simulation simulation;

	private final World world;

	private final Plan plan;

	private final Chance chance;

	private final String name;

	private final ActivityRegistry activities;

	private Process process;

	private @Nullable Engine engine;

	private @Nullable WorkflowGateway gateway;

	private @Nullable Worker worker;

	private @Nullable SimulatedDispatch dispatch;

	private String incarnation = "";

	private Duration wallClockOffset = Duration.ZERO;

	private int lives;

	private int ids;

	private long calls;

	SimulatedNode(Simulation simulation, World world, Plan plan, Chance chance, String name,
			ActivityRegistry activities) {
		this.simulation = simulation;
		this.world = world;
		this.plan = plan;
		this.chance = chance;
		this.name = name;
		this.activities = activities;
		process = new Process(world, name + ".0");
		process.kill();
	}

	String name() {
		return process.name();
	}

	Process process() {
		return process;
	}

	/** What clients of this node talk to, if it runs. */
	@Nullable WorkflowGateway gateway() {
		Engine current = engine;
		return (!process.isDead() && current != null && serves(current.health().state())) ? gateway : null;
	}

	private static boolean serves(EngineHealth.State state) {
		return state == EngineHealth.State.RUNNING || state == EngineHealth.State.DRAINING;
	}

	boolean isDown() {
		return process.isDead();
	}

	boolean isTroubled() {
		return simulation.isTroubled();
	}

	void boot() {
		if (!process.isDead()) {
			return;
		}
		process = new Process(world, name + "." + ++lives);
		world.trace("boots " + process);
		process.start("main", this::main);
	}

	private void main() {
		Mutation mutation = simulation.mutation();
		Interruptions interruptions = new Interruptions(world, plan, chance.split(), this);
		SimulatedStore store = new SimulatedStore(mutation.store(simulation.truth(), this),
				noted(mutation.registry(simulation.registry(), this)), interruptions);
		Ticker ticker = ticker(process);
		Worker made = new Worker(
				new WorkerSettings("build", plan.slots(), plan.slots(), plan.slots(), plan.cachedWorkflows(),
						Duration.ofHours(10), Duration.ofSeconds(10), Duration.ofSeconds(1)),
				WORKFLOWS, activities, CONVERTER,
				new ActivityOptionsResolver(activities, Map.of(), ActivitySettings.none()), ReplayLimits.DEFAULT,
				ticker, ticker, () -> world.now().plus(wallClockOffset));
		SimulatedDispatch carrier = new SimulatedDispatch(made, world, plan, chance.split(), this, interruptions,
				simulation.oracle());
		Engine started = new Engine(
				new EngineSettings(plan.lanes(), plan.batch(), plan.cachedRuns(), plan.clockSync(), LEASE,
						Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ZERO, Duration.ofDays(1),
						Limits.DEFAULT),
				store, store, mutation.dispatch(carrier, this), ticker, this::nextId, WORKFLOWS::types);
		engine = started;
		gateway = new EmbeddedGateway(started, made);
		CommandGate gate = new SimulatedGate(mutation.gate(started, this), world, plan, chance.split(), this,
				interruptions, simulation.oracle());
		made.start(gate, new EmbeddedRunSource(started.runs()));
		worker = made;
		dispatch = carrier;
		started.start();
	}

	/** Hands an attempt to the worker, past the engine. */
	void dispatch(ActivityTask task) {
		SimulatedDispatch current = dispatch;
		if (current != null) {
			current.dispatch(task);
		}
	}

	/** A command of a client. */
	CommandResult submit(Command command) {
		if (command instanceof Command.UpdateWorkflow update) {
			return Objects.requireNonNull(engine).updates().send(update, UPDATE_PATIENCE).join();
		}
		try {
			return simulation.mutation().client(Objects.requireNonNull(engine), this).submit(command).join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	Payload query(ExecutionKey key) {
		return Objects.requireNonNull(gateway).query(key, "report", Payload.NO_ARGUMENTS);
	}

	@Nullable RunStory story(String runId) {
		return simulation.oracle().story(runId);
	}

	/** For incarnations and for runs that follow others. */
	private String nextId() {
		return name + "." + lives + "." + ++ids;
	}

	private NodeRegistry noted(NodeRegistry registry) {
		return new ForwardingRegistry(registry) {

			@Override
			public void join(String nodeId, Duration lease) {
				incarnation = nodeId;
				super.join(nodeId, lease);
			}

		};
	}

	private Ticker ticker(Process life) {
		return new Ticker() {

			@Override
			public long nanos() {
				return world.nanos();
			}

			@Override
			public Scheduled schedule(Duration delay, Runnable task) {
				return world.schedule(life, delay, task);
			}

			@Override
			public ThreadFactory punctualThreads() {
				return Thread.ofVirtual().factory();
			}

		};
	}

	// What happens to it

	/** The process ends without a word; others notice at once, or by its lease. */
	void die() {
		if (process.isDead()) {
			return;
		}
		String gone = incarnation;
		process.kill();
		engine = null;
		if (chance.in(0.6)) {
			world.schedule(null, Duration.ofMillis(chance.oneOf(0, 100)), () -> simulation.memory().killNode(gone));
		}
		world.schedule(null, Duration.ofMillis(chance.oneOf(0, 500, 4_000, 9_000)), this::boot);
	}

	/** It dies soon. */
	void doom() {
		Process doomed = process;
		world.schedule(null, Duration.ofMillis(chance.between(0, 3_000)), () -> {
			if (doomed == process && !doomed.isDead()) {
				world.fault(name() + " dies of its doom");
				die();
			}
		});
	}

	/** As by SIGSTOP and SIGCONT. */
	void pause(Duration duration) {
		Process paused = process;
		if (paused.isDead() || paused.isPaused()) {
			return;
		}
		world.fault(name() + " is paused for " + duration);
		paused.pause();
		world.schedule(null, duration, () -> {
			world.trace("resumes " + paused);
			paused.resume();
		});
	}

	/** As a rolling restart does. */
	void stop() {
		Engine stopping = engine;
		Worker current = worker;
		Process life = process;
		if (life.isDead() || stopping == null || current == null) {
			return;
		}
		world.fault(name() + " is stopped in good order");
		life.start("stop", () -> {
			stopping.drain();
			current.beginDrain(DRAIN);
			boolean drained = current.isDrained();
			for (long end = world.nanos() + DRAIN.toNanos(); !drained && world.nanos() < end;) {
				world.sleep(Duration.ofMillis(100));
				drained = current.isDrained();
			}
			stopping.stop(drained);
			current.stop();
			world.schedule(null, Duration.ofMillis(1), () -> {
				if (life == process && !life.isDead()) {
					life.kill();
					engine = null;
					world.schedule(null, Duration.ofMillis(chance.oneOf(0, 1_000)), this::boot);
				}
			});
		});
	}

	void jumpWallClock(Duration offset) {
		world.fault(name() + " has its clock set by " + offset);
		wallClockOffset = wallClockOffset.plus(offset);
	}

	long countCall() {
		return ++calls;
	}

	long calls() {
		return calls;
	}

	boolean isChosenAt(String when, long call) {
		return simulation.isChosen(this, call, when);
	}

}
