package io.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunQuery.Field;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoreException;
import io.reprise.spi.StoreException.Outcome;
import io.reprise.spi.StoredTransition;
import io.reprise.spi.WriteOutcome;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for how {@link InMemoryHistoryStore} fails: when it is told to, and when it is
 * used in a way that a database would refuse.
 */
class InMemoryHistoryStoreFaultTests {

	private static final String NAMESPACE = ExecutionKey.DEFAULT_NAMESPACE;

	private final InMemoryHistoryStore store = new InMemoryHistoryStore(new VirtualClock());

	@Test
	void shouldFailTheNextCommitWithoutWriting() {
		for (Outcome outcome : Outcome.values()) {
			RunBuilder run = RunBuilder.of("order-" + outcome);
			store.failNext(outcome);

			assertFails(outcome, () -> store.commit(List.of(run.creation())));

			assertThat(store.find(run.runId())).isEmpty();
			assertThat(store.commit(List.of(run.creation()))).containsExactly(WriteOutcome.WRITTEN);
		}
	}

	@Test
	void shouldFailTheNextCommitAfterWriting() {
		RunBuilder run = RunBuilder.of("order-1");
		store.failNextAfterWriting();

		assertFails(Outcome.UNKNOWN, () -> store.commit(List.of(run.creation())));

		assertThat(store.find(run.runId())).isPresent();
	}

	@Test
	void shouldFailAsOftenAsPlannedInOrder() {
		store.failNext(Outcome.NOTHING_WRITTEN);
		store.failNext(Outcome.REFUSED);

		assertThat(store.now()).isEqualTo(VirtualClock.START);
		assertFails(Outcome.NOTHING_WRITTEN, () -> store.commit(List.of()));
		assertFails(Outcome.REFUSED, () -> store.commit(List.of()));
		assertThat(store.commit(List.of())).isEmpty();
	}

	@Test
	void shouldFailEveryCallWhileItIsDown() {
		RunBuilder run = RunBuilder.of("order-1");
		RunWrite creation = run.creation();
		InboxEntry entry = new InboxEntry(run.key(), "request-1", new byte[0]);
		RunQuery query = new RunQuery(NAMESPACE, List.of(), Field.RUN_ID, false, 1, null);
		store.setDown(true);

		List<ThrowingCallable> calls = List.of(store::open, store::now, () -> store.commit(List.of(creation)),
				() -> store.load(List.of()), () -> store.findLatest(NAMESPACE, "order-1"),
				() -> store.find(run.runId()), () -> store.history(run.runId(), 1),
				() -> store.due("node-1", List.of(), Instant.MAX, 1), () -> store.owned("node-1", "", 1),
				() -> store.list(query), store::countStalled, () -> store.deleteClosedBefore(Instant.MAX, 1),
				() -> store.offer(entry), () -> store.inbox("node-1", 1), () -> store.removeFromInbox(List.of(entry)),
				() -> store.join("node-1", Duration.ofSeconds(1)), () -> store.renew("node-1", Duration.ofSeconds(1)),
				() -> store.leave("node-1", true), () -> store.findGone("node-1"),
				() -> store.adopt("node-1", "node-2", List.of(), 1), () -> store.forget("node-1"));

		assertThat(calls).allSatisfy(call -> assertFails(Outcome.NOTHING_WRITTEN, call));
		store.setDown(false);
		assertThat(store.find(run.runId())).isEmpty();
		assertThat(store.inbox("node-1", 1)).isEmpty();
		assertThat(store.renew("node-1", Duration.ofSeconds(1))).isFalse();
	}

	@Test
	void shouldKeepPlannedFailuresWhileItIsDownAndForgetThemWhenTold() {
		store.failNext(Outcome.REFUSED);
		store.setDown(true);
		assertFails(Outcome.NOTHING_WRITTEN, () -> store.commit(List.of()));
		store.setDown(false);
		assertFails(Outcome.REFUSED, () -> store.commit(List.of()));

		store.failNext(Outcome.REFUSED);
		store.setDown(true);
		store.clearFailures();

		assertThat(store.commit(List.of())).isEmpty();
	}

	@Test
	void shouldRefuseACommitThatBreaksTheRulesAsAWhole() {
		RunBuilder run = RunBuilder.of("order-1");
		RunBuilder other = RunBuilder.of("order-2");
		store.commit(List.of(run.creation()));
		RunWrite good = other.creation();
		RunWrite sameEvent = new RunWrite(run.next().record(), 1, new StoredTransition(1, new byte[0]), null);

		assertFails(Outcome.REFUSED, () -> store.commit(List.of(good, good)));
		assertFails(Outcome.REFUSED, () -> store.commit(List.of(good, sameEvent)));
		assertFails(Outcome.REFUSED, () -> store.commit(List.of(good, new RunWrite(run.record(), 7, null, null))));

		assertThat(store.find(other.runId())).isEmpty();
		assertThat(store.history(run.runId(), 1)).hasSize(1);
	}

	@Test
	void shouldKeepAndGiveCopies() {
		byte[] body = RunBuilder.bytes("original");
		byte[] overlay = RunBuilder.bytes("original");
		RunBuilder run = RunBuilder.of("order-1").overlay(overlay);
		store.commit(List.of(run.next(body, null)));
		body[0] = 'X';
		overlay[0] = 'X';
		store.history(run.runId(), 1).getFirst().body()[1] = 'X';

		assertThat(store.history(run.runId(), 1).getFirst().body()).isEqualTo(RunBuilder.bytes("original"));
		assertThat(store.find(run.runId()).orElseThrow().overlay()).isEqualTo(RunBuilder.bytes("original"));
	}

	@Test
	void shouldTruncateItsClockAndNeverGoBack() {
		AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00.123456789Z"));
		InMemoryHistoryStore other = new InMemoryHistoryStore(time::get);

		assertThat(other.now()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
		time.set(Instant.parse("2025-12-31T00:00:00Z"));
		assertThat(other.now()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
	}

	@Test
	void shouldRefuseAnEmptyPage() {
		store.commit(List.of(RunBuilder.of("order-1").creation()));

		RunQuery query = new RunQuery(NAMESPACE, List.of(), Field.RUN_ID, false, 0, null);

		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> store.list(query))
			.withMessage("Expected a page size of one or more, but found 0")
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_FILTER));
	}

	private static void assertFails(Outcome outcome, ThrowingCallable call) {
		assertThatExceptionOfType(StoreException.class).isThrownBy(call)
			.withMessageStartingWith("Expected ")
			.satisfies(ex -> assertThat(ex.outcome()).isEqualTo(outcome));
	}

}
