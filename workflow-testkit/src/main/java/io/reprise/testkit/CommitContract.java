package io.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.RunWrite;
import io.reprise.spi.WriteOutcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link HistoryStore#commit} promises, and {@link HistoryStore#open} and
 * {@link HistoryStore#now}.
 */
interface CommitContract extends StoreUnderTest {

	@Test
	default void shouldOpenAgainAndKeepWhatIsStored() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);

		store().open();

		assertStored(run.record());
	}

	@Test
	default void shouldTellTimeToTheMicrosecondAndNeverGoBack() {
		Instant last = store().now();
		for (int i = 0; i < 100; i++) {
			Instant next = store().now();
			assertThat(next).isAfterOrEqualTo(last);
			assertThat(next.getNano() % 1000).isZero();
			last = next;
		}
	}

	@Test
	default void shouldCreateARun() {
		RunBuilder run = RunBuilder.of("order-1");

		assertThat(attempt(run.creation())).isEqualTo(WriteOutcome.WRITTEN);

		assertStored(run.record());
		assertBodies(store().history(run.runId(), 1), "event 1");
	}

	@Test
	default void shouldKeepEveryFieldOfARun() {
		RunBuilder open = RunBuilder.of("tenant-ü", "order \"1\" ✓ %_\\'")
			.type("Order.Process")
			.taskQueue("slow")
			.owner("node-1")
			.dueAt(RunBuilder.EPOCH.plus(Duration.ofDays(30)))
			.stalled(true)
			.overlay(new byte[] { 0, 1, (byte) 0xff, 0 });
		RunBuilder closed = RunBuilder.of("order-2")
			.closed(WorkflowStatus.CONTINUED_AS_NEW, RunBuilder.EPOCH.plusNanos(1000));

		create(open, closed);

		assertStored(open.record());
		assertStored(closed.record());
	}

	@Test
	default void shouldKeepEveryStatus() {
		for (WorkflowStatus status : WorkflowStatus.values()) {
			RunBuilder run = RunBuilder.of("order-" + status);
			if (status.isClosed()) {
				run.closed(status, RunBuilder.EPOCH.plusSeconds(1));
			}
			create(run);
			assertStored(run.record());
		}
	}

	@Test
	default void shouldClearFieldsThatAWriteLeavesOut() {
		RunBuilder run = RunBuilder.of("order-1")
			.owner("node-1")
			.dueAt(RunBuilder.EPOCH)
			.stalled(true)
			.overlay(new byte[] { 1 });
		create(run);

		write(run.owner(null).dueAt(null).stalled(false).overlay(null).nextRecordOnly());

		assertStored(run.record());
	}

	@Test
	default void shouldTakeIdsOfAThousandCharacters() {
		StringBuilder id = new StringBuilder();
		for (int i = 0; i < 1000; i++) {
			id.append((char) (0x4e00 + (i * 7919) % 0x5000));
		}
		RunBuilder run = RunBuilder.of(id.toString());

		create(run);

		assertStored(run.record());
		assertThat(attempt(RunBuilder.of(id.toString()).creation())).isEqualTo(WriteOutcome.OPEN_RUN_EXISTS);
		assertThat(store().findLatest(ExecutionKey.DEFAULT_NAMESPACE, id.toString())).isPresent();
	}

	@Test
	default void shouldTakeBodiesOfMegabytes() {
		byte[] body = new byte[3_000_000];
		for (int i = 0; i < body.length; i++) {
			body[i] = (byte) (i * 31 + (i >> 8));
		}
		RunBuilder run = RunBuilder.of("order-1");
		create(run);

		write(run.next(body, null));

		assertThat(load(run).tail().getLast().body()).isEqualTo(body);
	}

	@Test
	default void shouldWriteIfTheVersionIsTheOneExpected() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);

		write(run.next());
		write(run.owner("node-1").nextRecordOnly());
		write(run.next());

		assertStored(run.record());
		assertThat(run.version()).isEqualTo(4);
		assertBodies(store().history(run.runId(), 1), "event 1", "event 2", "event 3");
	}

	@Test
	default void shouldLoseTheRaceIfTheVersionIsAnother() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);
		RunWrite late = run.next(RunBuilder.bytes("of the loser"), null);
		run.atVersion(1);
		write(run.dueAt(RunBuilder.EPOCH).nextRecordOnly());

		assertThat(attempt(late)).isEqualTo(WriteOutcome.LOST_RACE);

		assertBodies(store().history(run.runId(), 1), "event 1");
		assertThat(store().find(run.runId())).get().satisfies(found -> {
			assertThat(found.version()).isEqualTo(2);
			assertThat(found.nextDueAt()).isEqualTo(RunBuilder.EPOCH);
		});
	}

	@Test
	default void shouldLoseTheRaceIfTheVersionIsStillToCome() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);

		assertThat(attempt(run.atVersion(7).next())).isEqualTo(WriteOutcome.LOST_RACE);

		assertThat(store().find(run.runId())).get().satisfies(found -> assertThat(found.version()).isEqualTo(1));
		assertBodies(store().history(run.runId(), 1), "event 1");
	}

	@Test
	default void shouldLoseTheRaceIfTheRunIsGone() {
		RunBuilder run = RunBuilder.of("order-1");
		run.creation();

		assertThat(attempt(run.next())).isEqualTo(WriteOutcome.LOST_RACE);

		assertThat(store().find(run.runId())).isEmpty();
		assertThat(store().history(run.runId(), 1)).isEmpty();
	}

	@Test
	default void shouldNotCreateARunTwice() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);
		RunWrite again = run.owner("node-2").creation();

		assertThat(attempt(again)).isEqualTo(WriteOutcome.LOST_RACE);

		assertStored(run.owner(null).record());
		assertBodies(store().history(run.runId(), 1), "event 1");
	}

	@Test
	default void shouldNotWakeAClosedRunByCreatingItTwice() {
		RunBuilder run = RunBuilder.of("order-1");
		RunWrite creation = run.creation();
		write(creation);
		write(run.closed(WorkflowStatus.FAILED, RunBuilder.EPOCH).next());

		assertThat(attempt(creation)).isEqualTo(WriteOutcome.LOST_RACE);

		assertStored(run.record());
	}

	@Test
	default void shouldAllowOneOpenRunForAWorkflowId() {
		RunBuilder first = RunBuilder.of("order-1");
		RunBuilder second = RunBuilder.of("order-1");
		create(first);

		assertThat(attempt(second.creation())).isEqualTo(WriteOutcome.OPEN_RUN_EXISTS);

		assertStored(first.record());
		assertThat(store().find(second.runId())).isEmpty();
		assertThat(store().history(second.runId(), 1)).isEmpty();
	}

	@Test
	default void shouldCreateNoRunThatIsClosedAlreadyWhileAnotherIsOpen() {
		RunBuilder first = RunBuilder.of("order-1");
		RunBuilder alone = RunBuilder.of("order-1").closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH.plusSeconds(1));
		RunBuilder inBatch = RunBuilder.of("order-1").closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH.plusSeconds(1));
		RunBuilder other = RunBuilder.of("order-2").closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH.plusSeconds(1));
		create(first);

		assertThat(attempt(alone.creation())).isEqualTo(WriteOutcome.OPEN_RUN_EXISTS);
		assertThat(store().commit(List.of(inBatch.creation(), other.creation())))
			.containsExactly(WriteOutcome.OPEN_RUN_EXISTS, WriteOutcome.WRITTEN);

		assertThat(store().find(alone.runId())).isEmpty();
		assertThat(store().find(inBatch.runId())).isEmpty();
		assertStored(first.record());
		List<WriteOutcome> replaced = store()
			.commit(List.of(first.closed(WorkflowStatus.TERMINATED, RunBuilder.EPOCH).next(), alone.creation()));
		assertThat(replaced).containsOnly(WriteOutcome.WRITTEN);
	}

	@Test
	default void shouldKeepNamespacesApart() {
		RunBuilder first = RunBuilder.of("a", "b-order-1");
		RunBuilder second = RunBuilder.of("a-b", "order-1");
		RunBuilder third = RunBuilder.of("b", "b-order-1");

		create(first, second, third);

		assertStored(first.record());
		assertStored(second.record());
		assertStored(third.record());
	}

	@Test
	default void shouldFreeTheWorkflowIdWhenTheRunCloses() {
		RunBuilder first = createClosed("order-1", RunBuilder.EPOCH.plusSeconds(1));
		RunBuilder second = RunBuilder.of("order-1");

		create(second);

		assertStored(first.record());
		assertStored(second.record());
	}

	@Test
	default void shouldNotCreateARunIfThereIsALaterOneThanWasKnown() {
		RunBuilder first = createClosed("order-1", RunBuilder.EPOCH.plusSeconds(1));
		RunBuilder second = RunBuilder.of("order-1").startedAt(RunBuilder.EPOCH.plusSeconds(1));
		RunBuilder other = RunBuilder.of("order-2");
		RunBuilder unaware = RunBuilder.of("order-1").startedAt(RunBuilder.EPOCH.plusSeconds(9));
		RunBuilder older = RunBuilder.of("order-1").startedAt(RunBuilder.EPOCH.plusSeconds(9));

		assertThat(attempt(unaware.creation().after(RunWrite.NO_RUN))).isEqualTo(WriteOutcome.NEWER_RUN_EXISTS);
		assertThat(attempt(second.creation().after(first.record().startTime()))).isEqualTo(WriteOutcome.WRITTEN);
		assertThat(attempt(unaware.creation().after(first.record().startTime())))
			.isEqualTo(WriteOutcome.OPEN_RUN_EXISTS);
		write(second.closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH.plusSeconds(2)).next());
		List<WriteOutcome> outcomes = store()
			.commit(List.of(unaware.creation().after(first.record().startTime()), other.creation()));

		assertThat(outcomes).containsExactly(WriteOutcome.NEWER_RUN_EXISTS, WriteOutcome.WRITTEN);
		assertThat(store().find(unaware.runId())).isEmpty();
		assertThat(store().history(unaware.runId(), 1)).isEmpty();
		assertThat(attempt(older.creation())).isEqualTo(WriteOutcome.WRITTEN);
	}

	@Test
	default void shouldCloseARunAndCreateTheNextInOneCommit() {
		RunBuilder first = RunBuilder.of("order-1");
		RunBuilder second = RunBuilder.of("order-1");
		RunBuilder third = RunBuilder.of("order-1");
		create(first);

		write(first.closed(WorkflowStatus.CONTINUED_AS_NEW, RunBuilder.EPOCH).next(), second.creation());
		write(third.creation(), second.closed(WorkflowStatus.CONTINUED_AS_NEW, RunBuilder.EPOCH).next());

		assertStored(first.record());
		assertStored(second.record());
		assertStored(third.record());
	}

	@Test
	default void shouldNotCreateTheNextRunIfClosingLosesTheRace() {
		RunBuilder first = RunBuilder.of("order-1");
		RunBuilder second = RunBuilder.of("order-1");
		create(first);
		RunWrite closing = first.atVersion(5).closed(WorkflowStatus.TERMINATED, RunBuilder.EPOCH).next();

		assertThat(store().commit(List.of(closing, second.creation()))).containsExactly(WriteOutcome.LOST_RACE,
				WriteOutcome.OPEN_RUN_EXISTS);

		assertThat(store().find(second.runId())).isEmpty();
		assertThat(store().find(first.runId())).get()
			.satisfies(found -> assertThat(found.status()).isEqualTo(WorkflowStatus.RUNNING));
	}

	@Test
	default void shouldNotCreateTheNextRunIfSomebodyElseClosedTheFirst() {
		RunBuilder first = RunBuilder.of("order-1");
		RunBuilder second = RunBuilder.of("order-1");
		create(first);
		RunWrite closing = first.closed(WorkflowStatus.CONTINUED_AS_NEW, RunBuilder.EPOCH).next();
		write(first.atVersion(1).closed(WorkflowStatus.TERMINATED, RunBuilder.EPOCH).nextRecordOnly());

		List<WriteOutcome> outcomes = store().commit(List.of(second.creation(), closing));

		assertThat(outcomes).doesNotContain(WriteOutcome.WRITTEN);
		assertThat(store().find(second.runId())).isEmpty();
		assertThat(store().find(first.runId())).get()
			.satisfies(found -> assertThat(found.status()).isEqualTo(WorkflowStatus.TERMINATED));
	}

	@Test
	default void shouldNotLetLosersDisturbWinners() {
		List<RunBuilder> runs = new ArrayList<>();
		List<RunWrite> writes = new ArrayList<>();
		List<WriteOutcome> expected = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			RunBuilder run = RunBuilder.of("order-" + i);
			create(run);
			runs.add(run);
			writes.add((i % 3 == 0) ? run.atVersion(9).next() : run.next());
			expected.add((i % 3 == 0) ? WriteOutcome.LOST_RACE : WriteOutcome.WRITTEN);
			writes.add(RunBuilder.of((i % 2 == 0) ? "order-" + i : "new-" + i).creation());
			expected.add((i % 2 == 0) ? WriteOutcome.OPEN_RUN_EXISTS : WriteOutcome.WRITTEN);
		}

		assertThat(store().commit(writes)).isEqualTo(expected);

		for (int i = 0; i < runs.size(); i++) {
			assertThat(load(runs.get(i)).record().version()).isEqualTo((i % 3 == 0) ? 1 : 2);
			assertThat(store().history(runs.get(i).runId(), 1)).hasSize((i % 3 == 0) ? 1 : 2);
			RunWrite creation = writes.get(2 * i + 1);
			assertThat(store().find(creation.record().key().runId()).isPresent()).isEqualTo(i % 2 == 1);
		}
	}

	@Test
	default void shouldCreateOneOfSeveralRunsOfAWorkflowIdInOneCommit() {
		List<RunWrite> creations = List.of(RunBuilder.of("order-1").creation(), RunBuilder.of("order-1").creation(),
				RunBuilder.of("order-1").creation(), RunBuilder.of("order-2").creation());

		List<WriteOutcome> outcomes = store().commit(creations);

		assertThat(outcomes.getLast()).isEqualTo(WriteOutcome.WRITTEN);
		assertThat(outcomes.subList(0, 3)).containsExactlyInAnyOrder(WriteOutcome.WRITTEN, WriteOutcome.OPEN_RUN_EXISTS,
				WriteOutcome.OPEN_RUN_EXISTS);
		for (int i = 0; i < outcomes.size(); i++) {
			assertThat(store().find(creations.get(i).record().key().runId()).isPresent())
				.isEqualTo(outcomes.get(i) == WriteOutcome.WRITTEN);
		}
	}

	@Test
	default void shouldAnswerInTheOrderOfTheWrites() {
		List<RunWrite> writes = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			RunBuilder run = RunBuilder.of("order-" + i);
			create(run);
			writes.add((i % 7 == 0) ? run.atVersion(3).nextRecordOnly() : run.next());
		}
		Collections.reverse(writes);

		List<WriteOutcome> outcomes = store().commit(writes);

		for (int i = 0; i < writes.size(); i++) {
			assertThat(outcomes.get(i))
				.isEqualTo((writes.get(i).expectedVersion() == 3) ? WriteOutcome.LOST_RACE : WriteOutcome.WRITTEN);
		}
	}

	@Test
	default void shouldCommitNothing() {
		assertThat(store().commit(List.of())).isEmpty();
	}

}
