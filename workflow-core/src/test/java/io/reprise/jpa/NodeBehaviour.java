package io.reprise.jpa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.NodeRegistry.GoneNode;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoreException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static io.reprise.spi.WriteOutcome.LOST_RACE;
import static io.reprise.spi.WriteOutcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How nodes live, die and inherit, on every database. */
abstract class NodeBehaviour extends AbstractStoreTests {

	static final Duration LEASE = Duration.ofSeconds(60);

	static final Duration SHORT = Duration.ofMillis(1);

	static String nodeId(String name) {
		return name + "-" + UUID.randomUUID();
	}

	boolean sees(String observer, String node) {
		return nodes.findGone(observer).stream().anyMatch(gone -> gone.nodeId().equals(node));
	}

	@Test
	void shouldCountAJoinedNodeAsAlive() {
		String me = nodeId("me");
		String other = nodeId("other");
		nodes.join(me, LEASE);
		nodes.join(other, LEASE);

		assertThat(nodes.renew(other, LEASE)).isTrue();
		assertThat(sees(me, other)).isFalse();
		assertThat(sees(me, me)).isFalse();
		nodes.leave(me, true);
		nodes.leave(other, true);
	}

	@Test
	void shouldJoinAgainWhenTheFirstAnswerWasLost() {
		String me = nodeId("again");
		nodes.join(me, LEASE);

		nodes.join(me, LEASE);

		assertThat(nodes.renew(me, LEASE)).isTrue();
		nodes.leave(me, true);
	}

	@Test
	void shouldTellWhetherANodeThatLeftWasDrained() {
		String me = nodeId("me");
		String clean = nodeId("clean");
		String hasty = nodeId("hasty");
		nodes.join(clean, LEASE);
		nodes.join(hasty, LEASE);
		nodes.leave(clean, true);
		nodes.leave(hasty, false);

		assertThat(nodes.findGone(me)).contains(new GoneNode(clean, true), new GoneNode(hasty, false));
		assertThat(nodes.renew(clean, LEASE)).isFalse();
	}

	@Test
	void shouldDeclareDeadWhoseLeaseIsOverForGood() {
		String me = nodeId("me");
		String hung = nodeId("hung");
		nodes.join(hung, SHORT);

		Awaitility.await().until(() -> sees(me, hung));

		assertThat(nodes.renew(hung, LEASE)).isFalse();
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> nodes.join(hung, LEASE))
			.withMessageContaining("id of a new incarnation");
		assertThat(nodes.findGone(me)).contains(new GoneNode(hung, false));
	}

	@Test
	void shouldRenewALeaseThatRanOutUnnoticed() {
		String late = nodeId("late");
		nodes.join(late, SHORT);

		assertThat(nodes.renew(late, LEASE)).isTrue();
		assertThat(sees(nodeId("me"), late)).isFalse();
		nodes.leave(late, true);
	}

	@Test
	void shouldNoticeAtOnceThatAProcessEnded() {
		String me = nodeId("me");
		String victim = nodeId("victim");
		nodes.join(me, LEASE);
		try (JpaPersistence process = newPersistence()) {
			process.nodeRegistry().join(victim, LEASE);
			assertThat(sees(me, victim)).isFalse();
		}

		Awaitility.await().until(() -> sees(me, victim));
		nodes.leave(me, true);
	}

	@Test
	void shouldAdoptInChunksWhatANodeKnowsOf() {
		String gone = nodeId("gone");
		String me = nodeId("me");
		List<ExecutionKey> keys = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			Writes run = Writes.of("adopt-" + gone + i).owner(gone);
			store.commit(List.of(run.next()));
			keys.add(run.key());
		}
		Writes unknown = Writes.of("adopt-unknown-" + gone).type("Unknown").owner(gone);
		Writes closed = Writes.of("adopt-closed-" + gone).owner(gone);
		store.commit(List.of(unknown.next(), closed.next()));
		store.commit(List.of(closed.close(WorkflowStatus.COMPLETED, Writes.START).owner(gone).next()));
		// Its end has left something to be done for others
		keys.add(closed.key());

		List<ExecutionKey> adopted = new ArrayList<>(nodes.adopt(gone, me, Set.of("Order", "Other"), 3));
		assertThat(adopted).hasSize(3);
		adopted.addAll(nodes.adopt(gone, me, Set.of("Order", "Other"), 3));

		assertThat(adopted).containsExactlyInAnyOrderElementsOf(keys);
		assertThat(nodes.adopt(gone, me, Set.of("Order", "Other"), 3)).isEmpty();
		assertThat(nodes.adopt(gone, me, Set.of(), 3)).isEmpty();
		RunRecord record = store.find(keys.getFirst().runId()).orElseThrow();
		assertThat(record.owner()).isEqualTo(me);
		assertThat(record.version()).isEqualTo(2);
		assertThat(nodes.forget(gone)).isFalse();
		nodes.adopt(gone, me, Set.of("Unknown"), 3);
		assertThat(nodes.forget(gone)).isTrue();
	}

	@Test
	void shouldMakeAZombiesWriteFail() {
		String zombie = nodeId("zombie");
		Writes run = Writes.of("zombie-" + zombie).owner(zombie);
		store.commit(List.of(run.next()));
		RunWrite late = run.next();
		nodes.adopt(zombie, nodeId("me"), Set.of("Order"), 10);

		assertThat(store.commit(List.of(late))).containsExactly(LOST_RACE);
		assertThat(store.history(run.runId(), 3)).isEmpty();
	}

	@Test
	void shouldForgetWhoOwnsNothing() {
		String gone = nodeId("forgotten");
		nodes.join(gone, LEASE);
		nodes.leave(gone, true);

		assertThat(nodes.forget(gone)).isTrue();

		assertThat(sees(nodeId("me"), gone)).isFalse();
		assertThat(nodes.forget(gone)).isTrue();
	}

	@Test
	void shouldFindRunsThatAZombieTookAfterItWasForgotten() {
		String zombie = nodeId("forgotten-zombie");
		nodes.join(zombie, LEASE);
		nodes.leave(zombie, false);
		nodes.forget(zombie);
		assertThat(store.commit(List.of(Writes.of("stray-" + zombie).owner(zombie).next()))).containsExactly(WRITTEN);

		assertThat(nodes.findGone(nodeId("me"))).contains(new GoneNode(zombie, false));
		assertThat(sees(zombie, zombie)).isFalse();
		assertThat(nodes.adopt(zombie, nodeId("me"), Set.of("Order"), 10)).hasSize(1);
	}

}
