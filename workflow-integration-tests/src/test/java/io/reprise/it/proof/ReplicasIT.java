package io.reprise.it.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.reprise.engine.EngineSettings;
import io.reprise.it.PostgresInstance;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three replicas of an application on one database, each restarted in turn, killed or
 * hung while clients keep them busy: nothing is lost, and no run stands still for long.
 * {@code -Dproof.restarts} says how many are restarted with the same build,
 * {@code -Dproof.hangs} how many hang.
 */
class ReplicasIT {

	private static final int REPLICAS = 3;

	private static final int CLIENTS = 12;

	/**
	 * Runs wait for nothing of their own for longer than a tenth of a second. The long
	 * profile asks for two seconds; here it is what tells a hand-over from waiting for a
	 * lease, on whatever else the machine is busy with.
	 */
	private static final Duration LONGEST_PAUSE = Duration.ofMillis(Proof.times("pause", 6_000));

	/** How long others wait for a sign of life, if nothing else is said. */
	private static final Duration LEASE = EngineSettings.defaults().lease();

	/**
	 * Others look for leases that are over every half second. The rest is for the
	 * take-over itself, where the processors are busy.
	 */
	private static final Duration TAKE_OVER = Duration.ofSeconds(2);

	private static PostgresInstance postgres;

	@BeforeAll
	static void startPostgres() {
		postgres = PostgresInstance.create();
		postgres.start();
	}

	@AfterAll
	static void stopPostgres() {
		postgres.close();
	}

	@Test
	void shouldLoseNothingAndStallNothingWhenReplicasAreRestartedInTurn() throws Exception {
		int restarts = Proof.times("restarts", 1);
		try (Proof proof = begin("Rolling restart", "rolling")) {
			List<NodeProcess> nodes = startReplicas(proof);
			restartInTurn(proof, nodes, Map.of(), restarts);

			assertPauses(proof.conclude(restarts + " restarts", 80L * restarts));
		}
	}

	@Test
	void shouldLoseNothingAndStallNothingWhenANewBuildIsDeployed() throws Exception {
		try (Proof proof = begin("New build", "build")) {
			List<NodeProcess> nodes = startReplicas(proof);
			restartInTurn(proof, nodes, Build.NEW, REPLICAS);

			assertPauses(proof.conclude("a new build on " + REPLICAS + " replicas", 200));
		}
	}

	@Test
	void shouldGoOnElsewhereWhenAReplicaIsKilled() throws Exception {
		int kills = Proof.times("replica.kills", 1);
		try (Proof proof = begin("Killed replicas", "killed")) {
			List<NodeProcess> nodes = startReplicas(proof);
			for (int i = 0; i < kills; i++) {
				NodeProcess successor = launchSuccessor(proof, Map.of());
				NodeProcess victim = nodes.remove(0);
				victim.kill();
				System.out.printf("killed at %s%n", Instant.now());
				proof.fleet().remove(victim);
				proof.awaitAcknowledged(100);
				nodes.add(proof.start(successor));
				proof.awaitAcknowledged(50);
			}

			assertPauses(proof.conclude(kills + " killed replicas", 100L * kills));
		}
	}

	@Test
	void shouldGoOnElsewhereWithinTheLeaseWhenAReplicaHangs() throws Exception {
		int hangs = Proof.times("hangs", 1);
		try (Proof proof = begin("Hung replicas", "hung")) {
			List<NodeProcess> nodes = startReplicas(proof);
			for (int i = 0; i < hangs; i++) {
				hang(proof, nodes.get(i % REPLICAS));
				proof.awaitAcknowledged(100);
			}

			assertPauses(proof.conclude(hangs + " hung replicas", 150L * hangs), LEASE.plus(LONGEST_PAUSE));
			assertThat(proof.fencedWrites()).as("stale writes rejected").isPositive();
		}
	}

	private static Proof begin(String name, String database) {
		Proof proof = Proof.of(name, postgres.createDatabase(database));
		proof.fleet().cancelEvery(10);
		return proof;
	}

	private static List<NodeProcess> startReplicas(Proof proof) {
		List<NodeProcess> nodes = new ArrayList<>();
		for (int i = 0; i < REPLICAS; i++) {
			nodes.add(proof.launch(Map.of()));
		}
		nodes.forEach(proof::start);
		proof.fleet().startClients(CLIENTS, proof.seed());
		proof.awaitAcknowledged(300);
		proof.countPauses();
		return nodes;
	}

	/** Its start would take the processors from those whose pauses count. */
	private static NodeProcess launchSuccessor(Proof proof, Map<String, String> build) {
		NodeProcess successor = proof.launch(build);
		proof.await(successor::isWarm);
		return successor;
	}

	private static void restartInTurn(Proof proof, List<NodeProcess> nodes, Map<String, String> build, int restarts) {
		for (int i = 0; i < restarts; i++) {
			NodeProcess successor = launchSuccessor(proof, build);
			NodeProcess leaving = nodes.remove(0);
			proof.fleet().remove(leaving);
			Instant asked = Instant.now();
			leaving.request("stop");
			Awaitility.await("its end").atMost(Duration.ofSeconds(30)).until(leaving::hasEnded);
			System.out.printf("asked to stop at %s, stopped at %s%n", asked, Instant.now());
			assertThat(leaving.lines()).contains("stopped, drained: true");
			nodes.add(proof.start(successor));
			if (!build.isEmpty()) {
				startDetour(proof, successor, "detour-" + i);
			}
			proof.awaitAcknowledged(80);
		}
	}

	/** While some replicas do not know the type yet. */
	private static void startDetour(Proof proof, NodeProcess newer, String id) {
		String answer = newer.request("detour %s 20".formatted(id)).orTimeout(10, TimeUnit.SECONDS).join();
		proof.fleet().log().started(id, answer.substring(3));
		for (int news = 0; news < 3; news++) {
			proof.fleet().tellLater(id, id + "/" + news);
		}
	}

	/**
	 * What it is asked for until others notice, and what it was about to write, it is
	 * still to do when it goes on.
	 */
	private static void hang(Proof proof, NodeProcess replica) {
		long fenced = Fleet.fencedWrites(replica);
		List<String> left = freezeAtWork(proof, replica);
		Instant hungAt = Instant.now();
		String hung = replica.nodeId();
		left.forEach((id) -> proof.fleet().tellBy(replica, id, id + "/by-" + hung));
		long acknowledged = proof.fleet().log().size();
		proof.awaitAcknowledged(10);
		proof.fleet().remove(replica);
		proof.awaitTakeOver(replica, LEASE.plus(TAKE_OVER).minus(Duration.between(hungAt, Instant.now())));
		System.out.printf("hung at %s with %d runs, which went on elsewhere after %d ms; %d operations meanwhile%n",
				hungAt, left.size(), Duration.between(hungAt, Instant.now()).toMillis(),
				proof.fleet().log().size() - acknowledged);
		replica.thaw();
		proof.fleet().add(replica);
		proof.await(() -> !replica.nodeId().equals(hung) && !proof.ownedBy(replica.nodeId()).isEmpty());
		assertThat(proof.ownedBy(hung)).as("runs taken back").isEmpty();
		proof.addFencedWrites(Fleet.fencedWrites(replica) - fenced);
	}

	/** What it has sent by then is still carried out. */
	private static List<String> freezeAtWork(Proof proof, NodeProcess replica) {
		List<String> owned = new ArrayList<>();
		proof.await(() -> {
			replica.freeze();
			owned.addAll(proof.ownedBy(replica.nodeId()));
			if (owned.isEmpty()) {
				replica.thaw();
			}
			return !owned.isEmpty();
		});
		return owned;
	}

	private static void assertPauses(Map<String, Pause> pauses) {
		assertPauses(pauses, LONGEST_PAUSE);
	}

	private static void assertPauses(Map<String, Pause> pauses, Duration limit) {
		List<Pause> sorted = pauses.values().stream().sorted().toList();
		System.out.printf("longest pause of a run: median %d ms, 99 of 100 below %d ms, longest %s%n",
				sorted.get(sorted.size() / 2).length().toMillis(),
				sorted.get(sorted.size() * 99 / 100).length().toMillis(), sorted.getLast());
		assertThat(pauses.values()).as("pauses of runs")
			.filteredOn((pause) -> pause.length().compareTo(limit) > 0)
			.isEmpty();
	}

}
