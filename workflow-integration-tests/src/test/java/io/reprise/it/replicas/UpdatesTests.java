package io.reprise.it.replicas;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.reprise.ActivityOptions;
import io.reprise.ApplicationFailure;
import io.reprise.ErrorCode;
import io.reprise.HistoryEntry;
import io.reprise.StartOptions;
import io.reprise.UpdateOptions;
import io.reprise.Workflow;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowUpdateException;
import io.reprise.Workflows;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Updates that are sent at one replica and decided at another.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UpdatesTests extends ReplicaScene {

	private final Replica first = ticketing("first");

	private final Replica second = ticketing("second");

	private Replica ticketing(String name) {
		return add(new Replica(name, store, clock, 2, new Jobs(name, shared), List.of(Ticket.class)));
	}

	private WorkflowHandle<Ticket, Object> at(Replica replica) {
		return replica.client().handle(Ticket.class, "ticket");
	}

	/** The first replica has work of the run under way, and decides. */
	private void startHeld() {
		shared.hold("seat");
		first.client().start(Ticket.class, Ticket::run, StartOptions.withId("ticket"));
		Awaitility.await().until(() -> !shared.begun().isEmpty());
	}

	private <T> T passUntil(CompletableFuture<T> answer) {
		pass(Duration.ofSeconds(20), answer::isDone);
		return answer.join();
	}

	private CompletableFuture<Integer> add(String name) {
		return CompletableFuture
			.supplyAsync(() -> at(second).update((w) -> w.name(name), UpdateOptions.withId("id-" + name)));
	}

	@Test
	void shouldAnswerWhereAnotherReplicaDecides() {
		startHeld();
		assertThat(passUntil(add("Ann"))).isEqualTo(1);
		assertThat(passUntil(add("Bob"))).isEqualTo(2);
		assertThat(passUntil(add("Ann"))).isEqualTo(1);
		shared.release("seat");
		assertThat(passUntil(add("Cid"))).isEqualTo(3);
		pass(Duration.ofSeconds(2), () -> at(second).describe().status().isClosed());
		assertThat(passUntil(add("Bob"))).isEqualTo(2);
	}

	@Test
	void shouldTellOfARejectionWhereAnotherReplicaDecides() {
		startHeld();
		long before = at(first).describe().historyEvents();
		CompletableFuture<Integer> answer = add("");
		pass(Duration.ofSeconds(20), answer::isDone);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(answer::join)
			.withCauseInstanceOf(WorkflowUpdateException.class)
			.satisfies((ex) -> assertThat(((WorkflowUpdateException) ex.getCause()).code())
				.isEqualTo(ErrorCode.UPDATE_REJECTED));
		assertThat(at(first).describe().historyEvents()).isEqualTo(before);
	}

	@Test
	void shouldAnswerOnIdleRunsAtEitherReplica() {
		first.client().start(Ticket.class, Ticket::run, StartOptions.withId("ticket"));
		Awaitility.await()
			.until(() -> at(first).history().stream().map(HistoryEntry::type).toList().contains("ActivityCompleted"));
		Awaitility.await().until(() -> at(first).query(Ticket::seat) != null);
		assertThat(at(second).<Integer>update((w) -> w.name("Ann"))).isEqualTo(1);
		assertThat(at(first).<Integer>update((w) -> w.name("Bob"))).isEqualTo(2);
		assertThat(at(second).<Integer>update((w) -> w.name("Cid"))).isEqualTo(3);
	}

	@Test
	void shouldAnswerAfterTheDecidingReplicaIsGone() {
		startHeld();
		CompletableFuture<Integer> answer = add("Ann");
		first.stop();
		assertThat(passUntil(answer)).isEqualTo(1);
	}

	/** Gets a seat, and names. */
	@Workflow
	public static class Ticket {

		private final Jobs jobs;

		private String seat;

		private int names;

		Ticket(@ActivityOptions(startToCloseTimeout = "1h") Jobs jobs) {
			this.jobs = jobs;
		}

		@Workflow.Run
		public int run() {
			seat = jobs.perform("seat");
			Workflows.await(Duration.ofDays(1), () -> names >= 3);
			return names;
		}

		@Workflow.Update
		public int name(String name) {
			names++;
			return names;
		}

		@Workflow.UpdateValidator("name")
		public void check(String name) {
			if (name.isEmpty()) {
				throw ApplicationFailure.nonRetryable("NoName", "nobody");
			}
		}

		@Workflow.Query
		public String seat() {
			return seat;
		}

	}

}
