package io.reprise.testkit;

import java.time.Duration;
import java.util.List;

import io.reprise.spi.HistoryStore;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.NodeRegistry.GoneNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link InMemoryHistoryStore} keeps the contract of a registry of nodes.
 */
class InMemoryNodeRegistryTests extends NodeRegistryContract {

	private static final Duration LEASE = Duration.ofSeconds(15);

	private final VirtualClock clock = new VirtualClock();

	private final InMemoryHistoryStore store = new InMemoryHistoryStore(clock);

	@Override
	protected HistoryStore createStore() {
		return store;
	}

	@Override
	protected NodeRegistry createRegistry(HistoryStore opened) {
		return store;
	}

	@Override
	protected void letPass(Duration duration) {
		clock.advance(duration);
	}

	@Test
	void shouldNoticeTheDeathOfAProcessAtOnce() {
		store.join("node-1", LEASE);
		store.join("node-2", LEASE);

		store.killNode("node-2");

		assertThat(store.findGone("node-1")).containsExactly(new GoneNode("node-2", false));
		assertThat(store.renew("node-2", LEASE)).isFalse();
	}

	@Test
	void shouldEndALeaseExactlyWhenItsTimeIsOver() {
		store.join("node-1", LEASE);

		clock.advance(LEASE.minusMillis(1));
		assertThat(store.findGone("node-2")).isEmpty();
		clock.advance(Duration.ofMillis(1));
		assertThat(store.findGone("node-2")).containsExactly(new GoneNode("node-1", false));
	}

	@Test
	void shouldLetANodeComeBackThatNobodyDeclaredDead() {
		store.join("node-1", LEASE);
		clock.advance(LEASE.multipliedBy(2));

		assertThat(store.renew("node-1", LEASE)).isTrue();

		assertThat(store.findGone("node-2")).isEmpty();
	}

	@Test
	void shouldTakeNothingFromANodeThatIsAlive() {
		store.join("node-1", LEASE);
		RunBuilder run = RunBuilder.of("order-1").owner("node-1");
		create(run);

		assertThat(store.adopt("node-1", "node-2", List.of("ProcessOrder"), 10)).isEmpty();
		assertThat(store.adopt("node-1", "node-1", List.of("ProcessOrder"), 10)).isEmpty();

		assertStored(run.record());
		assertThat(store.renew("node-1", LEASE)).isTrue();
	}

	@Test
	void shouldNotForgetANodeThatIsAlive() {
		store.join("node-1", LEASE);

		assertThat(store.forget("node-1")).isFalse();

		assertThat(store.renew("node-1", LEASE)).isTrue();
	}

}
