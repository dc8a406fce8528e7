package io.reprise.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.NodeRegistry.GoneNode;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.WriteOutcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a {@link NodeRegistry} has to do, as tests. Whoever writes one extends this class
 * and says how to make it, its store, and how to let time pass.
 * <p>
 * Where the SPI leaves a choice, the suite makes it: a node is declared dead at the
 * latest when another has found it gone and adopts its runs; a node that was forgotten
 * and yet created a run later counts as gone again, so that no run is left without a node
 * to decide on it.
 */
public abstract class NodeRegistryContract implements StoreUnderTest {

	private static final Duration LONG = Duration.ofHours(1);

	private static final Duration SHORT = Duration.ofMillis(500);

	private static final List<String> TYPES = List.of("ProcessOrder");

	private @Nullable HistoryStore store;

	private @Nullable NodeRegistry registry;

	/**
	 * Makes the store that the nodes share. Called before each test.
	 * @return a store without runs and nodes; it will be opened
	 */
	protected abstract HistoryStore createStore();

	/**
	 * Makes the registry to be tested. Called before each test, after the store was
	 * opened.
	 * @param opened the store that {@link #createStore()} made
	 * @return its registry
	 */
	protected abstract NodeRegistry createRegistry(HistoryStore opened);

	/**
	 * Lets time pass by the store's clock.
	 * @param duration how much at least
	 */
	protected abstract void letPass(Duration duration);

	/**
	 * Releases store and registry. Called after each test.
	 * @param usedStore the store that {@link #createStore()} made
	 * @param usedRegistry the registry that {@link #createRegistry(HistoryStore)} made
	 */
	protected void release(HistoryStore usedStore, NodeRegistry usedRegistry) {
		// Most hold nothing of their own.
	}

	@BeforeEach
	void open() {
		store = createStore();
		store.open();
		registry = createRegistry(store);
	}

	@AfterEach
	void close() {
		if (store != null && registry != null) {
			release(store, registry);
		}
	}

	@Override
	public final HistoryStore store() {
		if (store == null) {
			throw new IllegalStateException("Expected the store to be open, but no test is running");
		}
		return store;
	}

	/**
	 * The registry under test.
	 * @return the registry
	 */
	protected final NodeRegistry registry() {
		if (registry == null) {
			throw new IllegalStateException("Expected the registry to be ready, but no test is running");
		}
		return registry;
	}

	@Test
	void shouldCountANodeAsAliveAfterItJoined() {
		join("node-1", "node-2");
		create(RunBuilder.of("order-1").owner("node-2"));

		assertThat(registry().findGone("node-1")).isEmpty();
		assertThat(registry().renew("node-1", LONG)).isTrue();
		assertThat(registry().renew("node-2", LONG)).isTrue();
	}

	@Test
	void shouldCountANodeAsGoneWhenItsLeaseRunsOut() {
		join("node-1");
		registry().join("node-2", SHORT);
		create(RunBuilder.of("order-1").owner("node-2"));

		letPass(SHORT);

		assertThat(registry().findGone("node-1")).containsExactly(new GoneNode("node-2", false));
	}

	@Test
	void shouldKeepANodeAliveThatRenewsItsLease() {
		join("node-1");
		registry().join("node-2", SHORT);
		create(RunBuilder.of("order-1").owner("node-2"));
		assertThat(registry().renew("node-2", LONG)).isTrue();

		letPass(SHORT);

		assertThat(registry().findGone("node-1")).isEmpty();
		assertThat(registry().renew("node-2", LONG)).isTrue();
	}

	@Test
	void shouldNeverCountTheNodeThatAsks() {
		registry().join("node-1", SHORT);
		create(RunBuilder.of("order-1").owner("node-1"));

		letPass(SHORT);

		assertThat(registry().findGone("node-1")).isEmpty();
	}

	@Test
	void shouldTellHowANodeLeft() {
		join("node-1", "node-2", "node-3");
		create(RunBuilder.of("order-2").owner("node-2"), RunBuilder.of("order-3").owner("node-3"));

		registry().leave("node-2", true);
		registry().leave("node-3", false);

		assertThat(registry().findGone("node-1")).containsExactlyInAnyOrder(new GoneNode("node-2", true),
				new GoneNode("node-3", false));
	}

	@Test
	void shouldNotRenewTheLeaseOfANodeThatLeft() {
		join("node-1", "node-2");
		create(RunBuilder.of("order-1").owner("node-2"));
		registry().leave("node-2", true);

		assertThat(registry().renew("node-2", LONG)).isFalse();
		assertThat(registry().findGone("node-1")).containsExactly(new GoneNode("node-2", true));
	}

	@Test
	void shouldNotRenewALeaseThatNeverWas() {
		assertThat(registry().renew("node-1", LONG)).isFalse();
	}

	@Test
	void shouldGiveTheRunsOfAGoneNodeToAnother() {
		join("node-1", "node-2", "node-3");
		RunBuilder first = RunBuilder.of("order-1").owner("node-2").dueAt(RunBuilder.EPOCH).overlay(new byte[] { 7 });
		RunBuilder second = RunBuilder.of("elsewhere", "order-1").owner("node-2");
		RunBuilder others = RunBuilder.of("order-2").owner("node-3");
		RunBuilder nobodys = RunBuilder.of("order-3");
		create(first, second, others, nobodys);
		registry().leave("node-2", true);

		List<ExecutionKey> adopted = registry().adopt("node-2", "node-1", TYPES, 10);

		assertThat(adopted).containsExactlyInAnyOrder(first.key(), second.key());
		assertStored(first.owner("node-1").atVersion(2).record());
		assertStored(second.owner("node-1").atVersion(2).record());
		assertStored(others.record());
		assertStored(nobodys.record());
		assertBodies(store().history(first.runId(), 1), "event 1");
	}

	@Test
	void shouldAdoptTypesThatTheNodeKnows() {
		join("node-1", "node-2");
		RunBuilder known = RunBuilder.of("order-1").type("Known").owner("node-2");
		RunBuilder alsoKnown = RunBuilder.of("order-2").type("AlsoKnown").owner("node-2");
		RunBuilder unknown = RunBuilder.of("order-3").type("Unknown").owner("node-2");
		create(known, alsoKnown, unknown);
		RunBuilder closed = RunBuilder.of("order-4").type("Unknown").owner("node-2");
		create(closed);
		store().commit(List.of(closed.closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH).next()));
		registry().leave("node-2", false);

		assertThat(registry().adopt("node-2", "node-1", List.of(), 10)).isEmpty();
		assertThat(registry().adopt("node-2", "node-1", List.of("Known", "AlsoKnown", "Other"), 10))
			.containsExactlyInAnyOrder(known.key(), alsoKnown.key(), closed.key());

		assertStored(unknown.record());
	}

	@Test
	void shouldAdoptInChunks() {
		join("node-1", "node-2");
		Set<ExecutionKey> expected = new HashSet<>();
		for (int i = 0; i < 7; i++) {
			RunBuilder run = RunBuilder.of("order-" + i).owner("node-2");
			create(run);
			expected.add(run.key());
		}
		registry().leave("node-2", false);

		List<ExecutionKey> adopted = new ArrayList<>();
		for (int size : new int[] { 3, 3, 1, 0 }) {
			List<ExecutionKey> chunk = registry().adopt("node-2", "node-1", TYPES, 3);
			assertThat(chunk).hasSize(size);
			adopted.addAll(chunk);
		}

		assertThat(adopted).containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	void shouldLetTheWritesOfAZombieFail() {
		join("node-1");
		registry().join("node-2", SHORT);
		RunBuilder run = RunBuilder.of("order-1").owner("node-2");
		create(run);
		RunWrite late = run.next(RunBuilder.bytes("of the zombie"), null);
		letPass(SHORT);

		assertThat(registry().findGone("node-1")).hasSize(1);
		registry().adopt("node-2", "node-1", TYPES, 10);

		assertThat(registry().renew("node-2", LONG)).isFalse();
		assertThat(attempt(late)).isEqualTo(WriteOutcome.LOST_RACE);
		RunRecord adopted = store().find(run.runId()).orElseThrow();
		assertThat(adopted.owner()).isEqualTo("node-1");
		assertThat(adopted.version()).isEqualTo(2);
		assertBodies(store().history(run.runId(), 1), "event 1");
	}

	@Test
	void shouldLetTheNewOwnerGoOn() {
		join("node-1", "node-2");
		RunBuilder run = RunBuilder.of("order-1").owner("node-2").dueAt(RunBuilder.EPOCH);
		create(run);
		registry().leave("node-2", false);
		assertThat(store().due("node-1", TYPES, RunBuilder.EPOCH, 10)).isEmpty();

		registry().adopt("node-2", "node-1", TYPES, 10);

		assertThat(store().due("node-1", TYPES, RunBuilder.EPOCH, 10)).hasSize(1);
		write(run.owner("node-1").atVersion(2).next());
		assertStored(run.record());
	}

	@Test
	void shouldForgetANodeThatOwnsNothing() {
		join("node-1", "node-2");
		create(RunBuilder.of("order-1").owner("node-2"));
		registry().leave("node-2", true);
		registry().adopt("node-2", "node-1", TYPES, 10);

		assertThat(registry().forget("node-2")).isTrue();

		assertThat(registry().findGone("node-1")).isEmpty();
		assertThat(registry().renew("node-2", LONG)).isFalse();
		assertThat(registry().forget("node-2")).isTrue();
	}

	@Test
	void shouldOfferRunsThatNobodyHasClaimed() {
		join("node-1");
		RunBuilder unclaimed = RunBuilder.of("order-1").type("Order").owner(NodeRegistry.UNCLAIMED);
		create(unclaimed);

		assertThat(registry().findGone("node-1")).containsExactly(new GoneNode(NodeRegistry.UNCLAIMED, true));
		assertThat(registry().adopt(NodeRegistry.UNCLAIMED, "node-1", List.of("Order"), 10))
			.containsExactly(unclaimed.key());
		assertThat(registry().findGone("node-1")).isEmpty();
	}

	@Test
	void shouldOfferRunsThatAreMeantForOthers() {
		join("node-1");
		String owner = NodeRegistry.UNCLAIMED + "!abc";
		RunBuilder offered = RunBuilder.of("order-1").owner(owner);
		create(offered);

		assertThat(registry().findGone("node-1")).containsExactly(new GoneNode(owner, true));
		assertThat(registry().adopt(owner, "node-1", TYPES, 10)).containsExactly(offered.key());
		assertThat(registry().findGone("node-1")).isEmpty();
	}

	@Test
	void shouldNotForgetANodeThatOwnsRunsOfUnknownTypes() {
		join("node-1", "node-2");
		RunBuilder unknown = RunBuilder.of("order-1").type("Unknown").owner("node-2");
		create(unknown, RunBuilder.of("order-2").owner("node-2"));
		registry().leave("node-2", false);
		registry().adopt("node-2", "node-1", TYPES, 10);

		assertThat(registry().forget("node-2")).isFalse();

		assertThat(registry().findGone("node-1")).containsExactly(new GoneNode("node-2", false));
		assertThat(registry().adopt("node-2", "node-1", List.of("Unknown"), 10)).containsExactly(unknown.key());
		assertThat(registry().forget("node-2")).isTrue();
	}

	@Test
	void shouldFindARunThatAForgottenNodeCreated() {
		join("node-1", "node-2");
		registry().leave("node-2", false);
		registry().forget("node-2");
		RunBuilder run = RunBuilder.of("order-1").owner("node-2");
		create(run);

		assertThat(registry().findGone("node-1")).containsExactly(new GoneNode("node-2", false));
		assertThat(registry().adopt("node-2", "node-1", TYPES, 10)).containsExactly(run.key());
		assertThat(registry().forget("node-2")).isTrue();
		assertThat(registry().findGone("node-1")).isEmpty();
	}

	@Test
	void shouldJoinAgainAsAnotherIncarnation() {
		registry().join("node-1:1", SHORT);
		create(RunBuilder.of("order-1").owner("node-1:1"));
		letPass(SHORT);
		registry().join("node-1:2", LONG);

		assertThat(registry().findGone("node-1:2")).containsExactly(new GoneNode("node-1:1", false));
		assertThat(registry().adopt("node-1:1", "node-1:2", TYPES, 10)).hasSize(1);
		assertThat(registry().forget("node-1:1")).isTrue();
	}

	@Test
	void shouldGiveEachRunToOneOfManySurvivors() {
		join("node-0", "node-1", "node-2", "node-3", "node-4", "node-5", "node-6", "node-7", "gone");
		Set<ExecutionKey> expected = new HashSet<>();
		for (int i = 0; i < 60; i++) {
			RunBuilder run = RunBuilder.of("order-" + i).owner("gone");
			create(run);
			expected.add(run.key());
		}
		registry().leave("gone", false);

		List<ExecutionKey> adopted = new ArrayList<>();
		try (Racers racers = new Racers()) {
			racers.race(i -> () -> adoptAll("gone", "node-" + i)).forEach(adopted::addAll);
		}

		assertThat(adopted).containsExactlyInAnyOrderElementsOf(expected);
		assertThat(registry().forget("gone")).isTrue();
		for (ExecutionKey key : expected) {
			assertThat(store().find(key.runId())).get()
				.satisfies(run -> assertThat(run.version()).isEqualTo(2))
				.satisfies(run -> assertThat(run.owner()).startsWith("node-"));
		}
	}

	private List<ExecutionKey> adoptAll(String gone, String nodeId) {
		List<ExecutionKey> adopted = new ArrayList<>();
		List<ExecutionKey> chunk = registry().adopt(gone, nodeId, TYPES, 7);
		while (!chunk.isEmpty()) {
			adopted.addAll(chunk);
			chunk = registry().adopt(gone, nodeId, TYPES, 7);
		}
		return adopted;
	}

	private void join(String... nodeIds) {
		for (String nodeId : nodeIds) {
			registry().join(nodeId, LONG);
		}
	}

}
