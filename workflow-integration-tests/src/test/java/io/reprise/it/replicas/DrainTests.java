package io.reprise.it.replicas;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.reprise.WorkflowStatus;
import io.reprise.it.replicas.Errand.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A replica is stopped in good order while another goes on.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DrainTests extends ReplicaScene {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final Replica leaving = replica("a");

	private Replica staying;

	@Test
	void shouldKeepItsLeaseUntilItsActivitiesHaveEnded() {
		startHeld(leaving, "slow");
		staying = replica("b");

		CompletableFuture<Boolean> stopped = leaving.stopLater(TIMEOUT);
		pass(Replica.LEASE.multipliedBy(2));
		assertThat(stopped).isNotDone();
		shared.release("slow");

		assertThat(stopped.join()).isTrue();
		assertThat(status("slow")).isEqualTo(WorkflowStatus.COMPLETED);
		assertThat(shared.begun()).containsExactly("slow #1 on a");
	}

	@Test
	void shouldLetAllOtherRunsGoOnElsewhereWithinTwoSeconds() {
		start("retried", Kind.RETRIED);
		awaitBegun("retried #1 on a");
		start("sleeping", Kind.SLEEPING);
		start("called", Kind.CALLED);
		startHeld(leaving, "slow-1");
		startHeld(leaving, "slow-2");
		start("waiting", Kind.ONCE);
		staying = replica("b");

		CompletableFuture<Boolean> stopped = leaving.stopLater(TIMEOUT);
		start("late", Kind.ONCE);
		leaving.client().handle(Errand.class, "called").signal(Errand::call);
		List<String> others = List.of("retried", "sleeping", "called", "waiting", "late");
		pass(Duration.ofSeconds(2), () -> others.stream().allMatch((id) -> status(id) == WorkflowStatus.COMPLETED));

		assertThat(others).allSatisfy((id) -> assertThat(status(id)).as(id).isEqualTo(WorkflowStatus.COMPLETED));
		assertThat(stopped).isNotDone();
		shared.release("slow-1");
		shared.release("slow-2");
		assertThat(stopped.join()).isTrue();
		assertThat(shared.begun()).containsExactlyInAnyOrder("retried #1 on a", "retried #2 on b", "sleeping #1 on b",
				"called #1 on b", "slow-1 #1 on a", "slow-2 #1 on a", "waiting #1 on b", "late #1 on b");
	}

	@Test
	void shouldGoOnWithARunBesideItsSlowActivity() {
		shared.hold("mixed-slow");
		shared.hold("mixed-1");
		start("mixed", Kind.BESIDE);
		awaitBegun("mixed-slow #1 on a");
		awaitBegun("mixed-1 #1 on a");
		staying = replica("b");

		CompletableFuture<Boolean> stopped = leaving.stopLater(TIMEOUT);
		shared.release("mixed-1");
		pass(Duration.ofSeconds(2), () -> shared.begun().contains("mixed-2 #1 on a"));

		assertThat(shared.begun()).contains("mixed-2 #1 on a");
		shared.release("mixed-slow");
		assertThat(stopped.join()).isTrue();
		pass(Duration.ofSeconds(2), () -> status("mixed") == WorkflowStatus.COMPLETED);
		assertThat(staying.client().handle(Errand.class, "mixed").result(List.class)).isEqualTo(List.of("a", "a", "a"));
	}

	@Test
	void shouldBeginNothingInTheSecondHalfOfItsTimeEvenBesideASlowActivity() {
		shared.hold("mixed-slow");
		shared.hold("mixed-1");
		start("mixed", Kind.BESIDE);
		awaitBegun("mixed-slow #1 on a");
		awaitBegun("mixed-1 #1 on a");
		staying = replica("b");

		CompletableFuture<Boolean> stopped = leaving.stopLater(TIMEOUT);
		pass(TIMEOUT.dividedBy(2));
		shared.release("mixed-1");
		pass(Duration.ofSeconds(2));
		assertThat(shared.begun()).hasSize(2);
		shared.release("mixed-slow");

		assertThat(stopped.join()).isTrue();
		pass(Duration.ofSeconds(2), () -> status("mixed") == WorkflowStatus.COMPLETED);
		assertThat(shared.begun()).endsWith("mixed-2 #1 on b");
	}

	@Test
	void shouldCountAttemptsAsLostThatOutlastTheTime() {
		startHeld(leaving, "slow");
		staying = replica("b");

		CompletableFuture<Boolean> stopped = leaving.stopLater(Duration.ofSeconds(5));
		pass(Duration.ofSeconds(6), stopped::isDone);
		assertThat(stopped.join()).isFalse();
		pass(Duration.ofSeconds(2), () -> status("slow") == WorkflowStatus.FAILED);

		assertThat(status("slow")).isEqualTo(WorkflowStatus.FAILED);
		assertThat(shared.begun()).containsExactly("slow #1 on a");
	}

	private void start(String id, Kind kind) {
		start(leaving, id, kind);
	}

	private WorkflowStatus status(String id) {
		return status(staying, id);
	}

}
