package io.reprise.it.replicas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.reprise.StartOptions;
import io.reprise.WorkflowStatus;
import io.reprise.it.replicas.Errand.Kind;
import io.reprise.testkit.InMemoryHistoryStore;
import io.reprise.testkit.VirtualClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** Replicas on one store in memory, in virtual time. */
abstract class ReplicaScene {

	private static final Duration STEP = Duration.ofMillis(250);

	final VirtualClock clock = new VirtualClock();

	final InMemoryHistoryStore store = new InMemoryHistoryStore(clock);

	final Jobs.Shared shared = new Jobs.Shared();

	private final List<Replica> replicas = new ArrayList<>();

	@AfterEach
	void stop() {
		shared.held().keySet().forEach(shared::release);
		replicas.forEach(Replica::stop);
	}

	Replica replica(String name) {
		return add(new Replica(name, store, clock, 2, new Jobs(name, shared), List.of(Errand.class)));
	}

	Replica add(Replica replica) {
		replicas.add(replica);
		return replica;
	}

	static void start(Replica replica, String id, Kind kind) {
		replica.client().start(Errand.class, (w) -> w.run(id, kind), StartOptions.withId(id));
	}

	/** Starts a workflow whose activity the test holds. */
	void startHeld(Replica replica, String id) {
		shared.hold(id);
		start(replica, id, Kind.ONCE);
		Awaitility.await().until(() -> shared.begun().stream().anyMatch((attempt) -> attempt.startsWith(id + " ")));
	}

	static WorkflowStatus status(Replica replica, String id) {
		return replica.client().handle(Errand.class, id).describe().status();
	}

	void awaitBegun(String attempt) {
		Awaitility.await().until(() -> shared.begun().contains(attempt));
	}

	/** Lets time pass. */
	void pass(Duration duration) {
		pass(duration, () -> false);
	}

	/**
	 * Lets time pass step by step, until something is the case. What a step sets off gets
	 * a moment of the machine's time.
	 */
	void pass(Duration duration, BooleanSupplier done) {
		for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(STEP)) {
			clock.advance(STEP);
			long end = System.nanoTime() + STEP.toNanos() / 2;
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(10))
				.until(() -> done.getAsBoolean() || System.nanoTime() > end);
			if (done.getAsBoolean()) {
				return;
			}
		}
	}

}
