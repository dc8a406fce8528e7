package io.reprise.it.replicas;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.reprise.WorkflowStatus;
import io.reprise.it.replicas.Errand.Kind;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A replica that cannot renew its lease.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeaseTests extends ReplicaScene {

	private final AtomicInteger incarnations = new AtomicInteger();

	private final Nodes nodes = new Nodes(store);

	private final Replica cutOff = add(new Replica(() -> "a" + incarnations.incrementAndGet(), store, nodes, clock, 2,
			new Jobs("a", shared), List.of(Errand.class)));

	@Test
	void shouldBeginNoAttemptWhenItsLeaseMayBeOverSoonUntilItIsRenewed() {
		startHeld(cutOff, "one");
		startHeld(cutOff, "two");
		start(cutOff, "waiting", Kind.ONCE);

		nodes.down = true;
		pass(Replica.LEASE.minusMillis(500));
		shared.release("one");
		pass(Duration.ofMillis(250));
		assertThat(status(cutOff, "one")).isEqualTo(WorkflowStatus.COMPLETED);
		assertThat(shared.begun()).hasSize(2);

		nodes.down = false;
		pass(Duration.ofSeconds(2), () -> status(cutOff, "waiting") == WorkflowStatus.COMPLETED);
		assertThat(shared.begun()).endsWith("waiting #1 on a").hasSize(3);
	}

	@Test
	void shouldDropWhatItHasNotBegunWhenItComesBackAsAnother() {
		Replica other = replica("b");
		startHeld(cutOff, "one");
		startHeld(cutOff, "two");
		start(cutOff, "waiting", Kind.RETRIED);

		nodes.down = true;
		pass(Replica.LEASE.plusSeconds(3), () -> status(other, "waiting") == WorkflowStatus.COMPLETED);
		nodes.down = false;
		pass(Duration.ofSeconds(2));
		shared.release("one");
		pass(Duration.ofSeconds(2));

		assertThat(incarnations).hasValue(2);
		assertThat(shared.begun()).containsExactly("one #1 on a", "two #1 on a", "waiting #2 on b");
		assertThat(status(other, "one")).isEqualTo(WorkflowStatus.FAILED);
	}

	/** Can be made to fail while the rest of the store works. */
	private static final class Nodes implements NodeRegistry {

		private final NodeRegistry registry;

		private volatile boolean down;

		Nodes(NodeRegistry registry) {
			this.registry = registry;
		}

		private NodeRegistry reached() {
			if (down) {
				throw new StoreException(StoreException.Outcome.NOTHING_WRITTEN, "away", null);
			}
			return registry;
		}

		@Override
		public void join(String nodeId, Duration lease) {
			reached().join(nodeId, lease);
		}

		@Override
		public boolean renew(String nodeId, Duration lease) {
			return reached().renew(nodeId, lease);
		}

		@Override
		public void leave(String nodeId, boolean drained) {
			reached().leave(nodeId, drained);
		}

		@Override
		public List<GoneNode> findGone(String nodeId) {
			return reached().findGone(nodeId);
		}

		@Override
		public List<ExecutionKey> adopt(String gone, String nodeId, Collection<String> workflowTypes, int limit) {
			return reached().adopt(gone, nodeId, workflowTypes, limit);
		}

		@Override
		public boolean forget(String gone) {
			return reached().forget(gone);
		}

	}

}
