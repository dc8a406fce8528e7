package io.reprise.it.replicas;

import java.time.Duration;
import java.util.List;

import io.reprise.StartOptions;
import io.reprise.Workflow;
import io.reprise.WorkflowStatus;
import io.reprise.Workflows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A replica of an older build beside one that has a new workflow type.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TypesTests extends ReplicaScene {

	private final Replica older = replica("old");

	private final Replica newer = add(
			new Replica("new", store, clock, 2, new Jobs("new", shared), List.of(Errand.class, Novelty.class)));

	@Test
	void shouldLeaveTimersOfATypeThatItLacksToThoseThatHaveIt() {
		start();
		newer.stop();

		pass(Duration.ofSeconds(10));
		assertThat(store.countStalled()).isZero();
		Replica next = add(
				new Replica("next", store, clock, 2, new Jobs("next", shared), List.of(Errand.class, Novelty.class)));
		pass(Duration.ofSeconds(2), () -> !isAsleep(next));

		assertThat(isAsleep(next)).isFalse();
	}

	@Test
	void shouldHandOnASignalToATypeThatItLacks() {
		start();

		older.client().handle("novelty").signal("wake");
		pass(Duration.ofSeconds(2), () -> older.client().handle("novelty").describe().status().isClosed());

		assertThat(older.client().handle("novelty").describe().status()).isEqualTo(WorkflowStatus.COMPLETED);
	}

	private void start() {
		newer.client().start(Novelty.class, Novelty::run, StartOptions.withId("novelty"));
		pass(Duration.ofMillis(250));
	}

	private static boolean isAsleep(Replica replica) {
		return !replica.client().handle("novelty").describe().status().isClosed();
	}

	/** Not every build has it. */
	@Workflow
	public static class Novelty {

		private boolean awake;

		@Workflow.Run
		public boolean run() {
			return Workflows.await(Duration.ofSeconds(5), () -> awake);
		}

		@Workflow.Signal
		public void wake() {
			awake = true;
		}

	}

}
