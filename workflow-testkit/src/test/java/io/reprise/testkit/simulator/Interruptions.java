package io.reprise.testkit.simulator;

import java.time.Duration;
import java.util.function.Supplier;

import io.reprise.spi.StoreException;
import io.reprise.spi.StoreException.Outcome;

/**
 * What may happen where a node calls anything outside of it: others go on, it takes long,
 * it fails, the node dies before it or right after it.
 */
final class Interruptions {

	private final World world;

	private final Plan plan;

	private final Chance chance;

	private final SimulatedNode node;

	Interruptions(World world, Plan plan, Chance chance, SimulatedNode node) {
		this.world = world;
		this.plan = plan;
		this.chance = chance;
		this.node = node;
	}

	/** A call to the store that changes nothing. */
	<T> T read(String call, Supplier<T> work) {
		return at(call, () -> {
			if (troubled() && chance.in(plan.storeFault())) {
				throw failure(call, Outcome.NOTHING_WRITTEN, "");
			}
			return work.get();
		});
	}

	/** A call to the store that may fail although it took effect. */
	<T> T write(String call, Supplier<T> work) {
		return at(call, () -> {
			if (!troubled() || !chance.in(plan.storeFault())) {
				return work.get();
			}
			switch (chance.below(3)) {
				case 0 -> throw failure(call, Outcome.NOTHING_WRITTEN, "");
				case 1 -> throw failure(call, Outcome.UNKNOWN, ", nothing written");
				default -> {
					work.get();
					throw failure(call, Outcome.UNKNOWN, ", but written");
				}
			}
		});
	}

	/** A call of any kind. */
	<T> T at(String call, Supplier<T> work) {
		long number = node.countCall();
		letOthersGoOn();
		mayDie("before", call, number);
		T result = work.get();
		mayDie("after", call, number);
		letOthersGoOn();
		return result;
	}

	boolean troubled() {
		return node.isTroubled();
	}

	private void letOthersGoOn() {
		if (chance.in(plan.yield())) {
			Thread.yield();
		}
		if (chance.in(plan.slow())) {
			world.sleep(Duration.ofMillis(chance.oneOf(1, 5, 30, 200, chance.in(0.1) ? 3_000 : 2)));
		}
	}

	private void mayDie(String when, String call, long number) {
		boolean chosen = node.isDoomedAt(when, number);
		if (chosen || (troubled() && chance.in(plan.crash()))) {
			world.fault(node.name() + " dies " + when + " " + call);
			node.die();
			world.never();
		}
	}

	private StoreException failure(String call, Outcome outcome, String remark) {
		world.fault(node.name() + " " + call + " fails: " + outcome + remark);
		return new StoreException(outcome, "Expected " + call + " to succeed, but the simulation lets it fail", null);
	}

}
