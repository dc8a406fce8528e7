package io.reprise.testkit.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.reprise.definition.ActivityBean;
import io.reprise.definition.ActivityRegistry;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.NodeRegistry;
import io.reprise.testkit.InMemoryHistoryStore;
import org.jspecify.annotations.Nullable;

/**
 * One schedule: a seed's nodes, clients, programs and faults, from the first start to the
 * end of the last workflow. One at a time in a JVM.
 */
final class Simulation {

	private static final long MAXIMUM_STEPS = 400_000;

	/** More than the rest of any program, with its retries, takes. */
	private static final Duration LONGEST_REST = Duration.ofMinutes(10);

	/** Values that differ each time they are asked for, until the next schedule. */
	private static final AtomicInteger UNREPEATABLE = new AtomicInteger();

	private final long seed;

	private final Plan plan;

	private final Mutation mutation;

	private final World world;

	private final Chance chance;

	private final InMemoryHistoryStore memory;

	private final Oracle oracle;

	private final NodeRegistry registry;

	private final List<SimulatedNode> nodes = new ArrayList<>();

	private final List<SimulatedClient> clients = new ArrayList<>();

	private final @Nullable CrashPoint crashPoint;

	private Duration databaseAhead = Duration.ZERO;

	private boolean troubled = true;

	private Simulation(long seed, @Nullable Plan fixed, Mutation mutation, @Nullable CrashPoint crashPoint) {
		this.seed = seed;
		this.mutation = mutation;
		this.crashPoint = crashPoint;
		Chance drawn = new Chance(seed);
		plan = (fixed != null) ? fixed : Plan.draw(drawn.split());
		world = new World(drawn.split(), plan.shuffle());
		chance = drawn.split();
		memory = new InMemoryHistoryStore(this::databaseTime);
		registry = new TracedRegistry(memory, world);
		oracle = new Oracle(world, chance.split(), memory, plan.duplicate() == 0 && plan.delay() == 0);
	}

	/**
	 * Runs the schedule of a seed.
	 * @param seed the seed
	 * @return what came of it
	 */
	static Outcome run(long seed) {
		return run(seed, null, Mutation.NONE, null);
	}

	static Outcome run(long seed, @Nullable Plan plan, Mutation mutation, @Nullable CrashPoint crashPoint) {
		UNREPEATABLE.set(0);
		Simulation simulation = new Simulation(seed, plan, mutation, crashPoint);
		try (Complaints complaints = new Complaints(simulation.world)) {
			return simulation.perform();
		}
	}

	static int unrepeatable() {
		return UNREPEATABLE.incrementAndGet();
	}

	World world() {
		return world;
	}

	HistoryStore truth() {
		return oracle;
	}

	NodeRegistry registry() {
		return registry;
	}

	InMemoryHistoryStore memory() {
		return memory;
	}

	Oracle oracle() {
		return oracle;
	}

	Mutation mutation() {
		return mutation;
	}

	boolean isTroubled() {
		return troubled;
	}

	boolean isChosen(SimulatedNode node, long call, String when) {
		return crashPoint != null && node == nodes.getFirst() && crashPoint.call == call
				&& crashPoint.when.equals(when);
	}

	private Instant databaseTime() {
		return world.now().plus(databaseAhead);
	}

	private Outcome perform() {
		ActivityRegistry activities = ActivityRegistry
			.of(List.of(new ActivityBean("chores", Chores.class, bean(new Chores(world, oracle)))));
		for (int i = 1; i <= plan.nodes(); i++) {
			nodes.add(new SimulatedNode(this, world, plan, chance.split(), "n" + i, activities));
		}
		nodes.forEach(SimulatedNode::boot);
		Process people = new Process(world, "clients");
		for (int i = 1; i <= plan.clients(); i++) {
			clients.add(new SimulatedClient(world, plan, chance.split(), nodes, oracle, people, "c" + i));
		}
		world.schedule(null, Duration.ofMillis(1), () -> clients.forEach(SimulatedClient::begin));
		for (int i = 0; i < plan.events(); i++) {
			world.schedule(null, Duration.ofMillis(chance.between(0, plan.horizon().toMillis())), this::strike);
		}
		boolean over = world.run(() -> clientsDone() && world.nanos() >= plan.horizon().toNanos(), MAXIMUM_STEPS);
		require(over, "clients end");
		troubled = false;
		memory.setDown(false);
		long latest = world.nanos() + LONGEST_REST.toNanos();
		world.run(() -> isQuiet() || world.nanos() > latest, MAXIMUM_STEPS);
		require(isQuiet(), "all workflows end once faults are over");
		if (world.failure() == null) {
			oracle.finish();
			Replays replays = new Replays(world, oracle);
			replays.check();
			if (plan == Plan.FORGETFUL) {
				replays.checkAfterEveryEvent();
			}
		}
		return new Outcome(seed, plan, world.failure(), world.cause(), world.faults(), world.traceText(), world.steps(),
				oracle.commits(), oracle.lostRaces(), oracle.acknowledgements().count(), nodes.getFirst().calls(),
				oracle.stories().stream().mapToLong(RunStory::lastEventId).sum());
	}

	private static java.util.function.Supplier<Object> bean(Object bean) {
		return () -> bean;
	}

	private void require(boolean fulfilled, String expectation) {
		if (!fulfilled) {
			world.fail("Expected that " + expectation + ", but they did not within " + world.steps() + " steps, by "
					+ world.now() + ". Open: "
					+ oracle.stories().stream().filter(story -> !story.isClosed()).map(RunStory::events).toList());
		}
	}

	private boolean clientsDone() {
		return clients.stream().allMatch(SimulatedClient::isDone);
	}

	private boolean isQuiet() {
		return oracle.allClosed();
	}

	/** Trouble from outside. */
	private void strike() {
		if (!troubled) {
			return;
		}
		SimulatedNode node = chance.pick(nodes);
		switch (chance.below(7)) {
			case 0, 1 -> {
				if (!node.isDown()) {
					world.fault(node.name() + " is killed");
					node.die();
				}
			}
			case 2, 3 -> node.pause(Duration.ofMillis(chance.oneOf(300, 2_000, 7_000, 12_000)));
			case 4 -> node.stop();
			case 5 -> outage(Duration.ofMillis(chance.oneOf(200, 3_000, 15_000)));
			default -> {
				if (chance.in(0.5)) {
					node.jumpWallClock(Duration.ofMinutes(chance.between(-60, 60)));
				}
				else {
					Duration jump = Duration.ofMillis(chance.oneOf(5, 2_000, 60_000));
					world.fault("the clock of the database jumps by " + jump);
					databaseAhead = databaseAhead.plus(jump);
				}
			}
		}
	}

	private void outage(Duration duration) {
		world.fault("the database is away for " + duration);
		memory.setDown(true);
		world.schedule(null, duration, () -> memory.setDown(false));
	}

	/**
	 * Where the first node dies, or is stopped.
	 *
	 * @param call at its so-manieth call
	 * @param when whether it dies {@code before} or {@code after} it, or is
	 * {@code stopped} in it
	 */
	record CrashPoint(long call, String when) {

	}

	/**
	 * What came of a schedule.
	 */
	record Outcome(long seed, Plan plan, @Nullable String failure, @Nullable Throwable cause, List<String> faults,
			String trace, long steps, long commits, long lostRaces, int acknowledged, long calls, long events) {

		String describe() {
			return "Seed %d: %s%n%s%nfaults:%n  %s".formatted(seed, failure, plan, String.join("\n  ", faults));
		}

	}

}
