package io.reprise.testkit.simulator;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.reprise.spi.RunWrite;
import io.reprise.spi.StoreException;
import io.reprise.spi.StoreException.Outcome;

/**
 * What may happen where a node calls anything outside of it: others go on, it takes long,
 * it fails, the node dies before it or right after it, or it is stopped between what it
 * decided and what it writes.
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

	/**
	 * A commit, between which and what was decided for it the node may be stopped. Most
	 * often where it creates a run, as there is no version yet that would tell what
	 * others have done meanwhile.
	 */
	<T> T commit(List<RunWrite> writes, Supplier<T> work) {
		double likely = writes.stream().anyMatch(RunWrite::isCreation) ? plan.stop() : plan.stop() / 10;
		return write("commit", () -> {
			if (troubled() && chance.in(likely)) {
				stop("commit");
			}
			return work.get();
		});
	}

	/** A call of any kind. */
	<T> T at(String call, Supplier<T> work) {
		long number = node.countCall();
		letOthersGoOn();
		mayDie("before", call, number);
		if (node.isChosenAt("stopped", number)) {
			stop(call);
		}
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
		boolean chosen = node.isChosenAt(when, number);
		if (chosen || (troubled() && chance.in(plan.crash()))) {
			world.fault(node.name() + " dies " + when + " " + call);
			node.die();
			world.never();
		}
	}

	/**
	 * Others go on, most often for longer than a client waits before it asks another
	 * node, and longer than the lease. What was to be done is done when the node goes on,
	 * too.
	 */
	private void stop(String call) {
		world.fault(node.name() + " is stopped in " + call);
		node.pause(Duration.ofMillis(chance.oneOf(300, 7_000, 15_000, 30_000, 60_000)));
		Thread.yield();
	}

	private StoreException failure(String call, Outcome outcome, String remark) {
		world.fault(node.name() + " " + call + " fails: " + outcome + remark);
		return new StoreException(outcome, "Expected " + call + " to succeed, but the simulation lets it fail", null);
	}

}
