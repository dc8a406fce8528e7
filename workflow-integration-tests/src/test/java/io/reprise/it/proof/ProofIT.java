package io.reprise.it.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.reprise.it.PostgresInstance;
import io.reprise.it.Sql;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes and databases are killed, frozen and cut off while clients keep them busy.
 * The database forces its writes to the disk. The profile {@code proof} does each fault
 * many times.
 */
class ProofIT {

	private static final int CLIENTS = 24;

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
	void shouldLoseNothingWhenKilledAtAnyMoment() throws Exception {
		int kills = Proof.times("kills", 7);
		List<String> faults = new ArrayList<>();
		try (Proof proof = Proof.of("Kills", postgres.createDatabase("kills"))) {
			Random random = new Random(proof.seed());
			List<HaltPoint> moments = moments(kills, random);
			NodeProcess node = proof.launch(properties(moments.getFirst(), random));
			for (int kill = 0; kill < kills; kill++) {
				proof.start(node);
				if (kill == 0) {
					proof.fleet().startClients(CLIENTS, proof.seed());
				}
				HaltPoint next = (kill + 1 < kills) ? moments.get(kill + 1) : null;
				NodeProcess successor = proof.launch(properties(next, random));
				faults.add(end(proof, node, moments.get(kill), random));
				proof.fleet().remove(node);
				node = successor;
			}
			proof.start(node);
			proof.awaitAcknowledged(CLIENTS);

			proof.conclude(kills + " kills " + counted(faults), 20L * kills);
			assertThat(faults).as("all were ended as planned").noneMatch((fault) -> fault.startsWith("missed"));
		}
	}

	@Test
	void shouldLoseNothingWhenTheDatabaseCutsConnectionsAndCrashes() throws Exception {
		int cuts = Proof.times("cuts", 20);
		int crashes = Proof.times("crashes", 3);
		String url = postgres.createDatabase("crashes");
		try (Proof proof = Proof.of("Crashes of the database", url)) {
			Random random = new Random(proof.seed());
			proof.startNode();
			proof.fleet().startClients(CLIENTS, proof.seed());
			long cut = 0;
			for (int i = 0; i < cuts; i++) {
				proof.awaitAcknowledged(random.nextInt(1, 20));
				cut += Sql.query(url, """
						select count(pg_terminate_backend(pid)) from pg_stat_activity
						where datname = current_database() and pid <> pg_backend_pid()""");
			}
			for (int i = 0; i < crashes; i++) {
				proof.awaitAcknowledged(random.nextInt(20, 60));
				if (i % 2 == 0) {
					postgres.stopAtOnce();
				}
				else {
					postgres.kill();
				}
				postgres.start();
			}
			proof.awaitAcknowledged(CLIENTS);

			proof.conclude("%d connections cut, %d crashes of the database".formatted(cut, crashes), 20L * crashes);
			assertThat(cut).as("connections cut").isGreaterThanOrEqualTo(2L * cuts);
		}
	}

	@Test
	void shouldFenceOffNodesThatWereFrozenBeyondTheirLease() throws Exception {
		int freezes = Proof.times("freezes", 2);
		Duration lease = Duration.ofSeconds(3);
		try (Proof proof = Proof.of("Zombies", postgres.createDatabase("zombies"), lease)) {
			List<NodeProcess> nodes = List.of(proof.launch(Map.of()), proof.launch(Map.of()));
			nodes.forEach(proof::start);
			proof.fleet().startClients(CLIENTS, proof.seed());
			for (int i = 0; i < freezes; i++) {
				proof.awaitAcknowledged(50);
				NodeProcess zombie = nodes.get(i % 2);
				zombie.freeze();
				proof.awaitTakeOver(zombie, Duration.ofSeconds(30));
				zombie.thaw();
				proof.awaitAcknowledged(CLIENTS);
			}
			long fenced = nodes.stream().mapToLong(Fleet::fencedWrites).sum();
			proof.addFencedWrites(fenced);

			proof.conclude(freezes + " freezes beyond the lease", 20L * freezes);
			assertThat(fenced).as("stale writes rejected").isPositive();
		}
	}

	/**
	 * Each of the moments that hurt most, and as many at random ({@code null}), in any
	 * order; the first process has nothing to take over.
	 */
	private static List<HaltPoint> moments(int kills, Random random) {
		List<HaltPoint> moments = new ArrayList<>();
		while (moments.size() < kills) {
			List<HaltPoint> round = new ArrayList<>(Arrays.asList(HaltPoint.values()));
			Collections.shuffle(round, random);
			for (HaltPoint point : round) {
				moments.add(point);
				moments.add(null);
			}
		}
		if (moments.getFirst() == HaltPoint.AFTER_ADOPTION_BEFORE_DISPATCH
				|| moments.getFirst() == HaltPoint.AFTER_JOIN) {
			Collections.swap(moments, 0, 1);
		}
		return moments.subList(0, kills);
	}

	private static Map<String, String> properties(HaltPoint moment, Random random) {
		if (moment == null) {
			return Map.of();
		}
		int count = switch (moment) {
			case AFTER_JOIN, AFTER_ADOPTION_BEFORE_DISPATCH -> 1;
			default -> random.nextInt(20, 300);
		};
		return Map.of(HaltPoint.POINT, moment.name(), HaltPoint.COUNT, String.valueOf(count));
	}

	private static String end(Proof proof, NodeProcess node, HaltPoint moment, Random random) {
		if (moment == null) {
			proof.awaitAcknowledged(random.nextInt(10, 100));
			node.kill();
			return "at random";
		}
		Awaitility.await(moment.label()).atMost(Duration.ofSeconds(60)).until(node::hasEnded);
		return node.hasHalted() ? moment.label() : "missed " + moment.label() + ": " + node.lines();
	}

	private static Map<String, Long> counted(List<String> faults) {
		Map<String, Long> counts = new TreeMap<>();
		faults.forEach((fault) -> counts.merge(fault, 1L, Long::sum));
		return counts;
	}

}
