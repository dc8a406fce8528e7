package io.reprise.testkit;

import java.util.ArrayList;
import java.util.List;

import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.RunRecord;
import io.reprise.spi.StoredRun;
import io.reprise.spi.StoredSnapshot;
import io.reprise.spi.StoredTransition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link HistoryStore#load}, {@link HistoryStore#find},
 * {@link HistoryStore#findLatest} and {@link HistoryStore#history} promise.
 */
interface LoadingContract extends StoreUnderTest {

	@Test
	default void shouldLoadTheWholeHistoryWithoutASnapshot() {
		RunBuilder run = RunBuilder.of("order-1").overlay(new byte[] { 5, 6 }).stalled(true);
		create(run);
		write(run.next());

		StoredRun loaded = load(run);

		assertThat(loaded.record()).usingRecursiveComparison().isEqualTo(run.record());
		assertThat(loaded.snapshot()).isNull();
		assertThat(loaded.tail()).extracting(StoredTransition::firstEventId).containsExactly(1L, 2L);
		assertBodies(loaded.tail(), "event 1", "event 2");
	}

	@Test
	default void shouldLoadASnapshotAndTheTransitionsAfterIt() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);
		write(run.next());
		write(run.next(RunBuilder.bytes("event 3"), new StoredSnapshot(2, RunBuilder.bytes("folded 2"))));
		write(run.next());

		StoredRun loaded = load(run);

		assertThat(loaded.snapshot()).usingRecursiveComparison()
			.isEqualTo(new StoredSnapshot(2, RunBuilder.bytes("folded 2")));
		assertBodies(loaded.tail(), "event 3", "event 4");
		assertBodies(store().history(run.runId(), 1), "event 1", "event 2", "event 3", "event 4");
	}

	@Test
	default void shouldLoadASnapshotThatTakesInItsOwnTransition() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);
		write(run.next(RunBuilder.bytes("event 2"), new StoredSnapshot(2, RunBuilder.bytes("folded 2"))));

		StoredRun loaded = load(run);

		assertThat(loaded.snapshot()).isNotNull();
		assertThat(loaded.tail()).isEmpty();
	}

	@Test
	default void shouldLoadTheNewestSnapshot() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);
		write(run.next(RunBuilder.bytes("event 2"), new StoredSnapshot(2, RunBuilder.bytes("folded 2"))));
		write(run.next(RunBuilder.bytes("event 3"), new StoredSnapshot(3, RunBuilder.bytes("folded 3"))));
		write(run.next());

		StoredRun loaded = load(run);

		assertThat(loaded.snapshot()).usingRecursiveComparison()
			.isEqualTo(new StoredSnapshot(3, RunBuilder.bytes("folded 3")));
		assertBodies(loaded.tail(), "event 4");
	}

	@Test
	default void shouldNotKeepTheSnapshotOfALoser() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);

		attempt(run.atVersion(4).next(RunBuilder.bytes("late"), new StoredSnapshot(2, RunBuilder.bytes("folded"))));

		StoredRun loaded = load(run);
		assertThat(loaded.snapshot()).isNull();
		assertBodies(loaded.tail(), "event 1");
	}

	@Test
	default void shouldLoadTheRunsThatExist() {
		List<String> runIds = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			RunBuilder run = RunBuilder.of("order-" + i);
			runIds.add(run.runId());
			if (i % 2 == 0) {
				create(run);
			}
		}

		List<StoredRun> loaded = store().load(runIds);

		assertThat(loaded).hasSize(150).allSatisfy(run -> assertBodies(run.tail(), "event 1"));
		assertThat(loaded).extracting(run -> run.record().key().runId()).doesNotHaveDuplicates().isSubsetOf(runIds);
		assertThat(store().load(List.of())).isEmpty();
	}

	@Test
	default void shouldGiveEachRunItsOwnSnapshotAndTail() {
		RunBuilder first = RunBuilder.of("order-1");
		RunBuilder second = RunBuilder.of("order-2");
		create(first, second);
		write(first.next(RunBuilder.bytes("first 2"), new StoredSnapshot(1, RunBuilder.bytes("first folded"))),
				second.next(RunBuilder.bytes("second 2"), null));

		List<StoredRun> loaded = store().load(List.of(first.runId(), second.runId()));

		assertThat(loaded).hasSize(2).allSatisfy(run -> {
			boolean isFirst = run.record().key().equals(first.key());
			assertThat(run.snapshot() != null).isEqualTo(isFirst);
			assertBodies(run.tail(), isFirst ? new String[] { "first 2" } : new String[] { "event 1", "second 2" });
		});
	}

	@Test
	default void shouldReadAHistoryFromAnEventOn() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run, RunBuilder.of("order-2"));
		for (int i = 0; i < 4; i++) {
			write(run.next());
		}

		assertBodies(store().history(run.runId(), 1), "event 1", "event 2", "event 3", "event 4", "event 5");
		assertBodies(store().history(run.runId(), 4), "event 4", "event 5");
		assertThat(store().history(run.runId(), 6)).isEmpty();
		assertThat(store().history(RunBuilder.of("order-1").runId(), 1)).isEmpty();
	}

	@Test
	default void shouldReadALongHistoryInOrder() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);
		for (int i = 0; i < 150; i++) {
			write(run.next());
		}

		assertThat(store().history(run.runId(), 1)).hasSize(151)
			.isSortedAccordingTo((a, b) -> Long.compare(a.firstEventId(), b.firstEventId()));
	}

	@Test
	default void shouldFindTheOpenRunOfAWorkflowId() {
		RunBuilder closed = RunBuilder.of("order-1")
			.startedAt(RunBuilder.EPOCH.plusSeconds(60))
			.closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH.plusSeconds(61));
		create(closed);
		RunBuilder open = RunBuilder.of("order-1").startedAt(RunBuilder.EPOCH);
		create(open);

		assertThat(latest("order-1")).usingRecursiveComparison().isEqualTo(open.record());
	}

	@Test
	default void shouldFindTheRunStartedLastIfNoneIsOpen() {
		RunBuilder[] runs = new RunBuilder[3];
		int[] started = { 5, 9, 2 };
		for (int i = 0; i < runs.length; i++) {
			runs[i] = RunBuilder.of("order-1")
				.startedAt(RunBuilder.EPOCH.plusSeconds(started[i]))
				.closed(WorkflowStatus.FAILED, RunBuilder.EPOCH.plusSeconds(20));
		}
		create(runs);

		assertThat(latest("order-1")).usingRecursiveComparison().isEqualTo(runs[1].record());
	}

	@Test
	default void shouldFindNothingForIdsThatDoNotExist() {
		create(RunBuilder.of("order-1"));

		assertThat(store().findLatest(ExecutionKey.DEFAULT_NAMESPACE, "order-2")).isEmpty();
		assertThat(store().findLatest("elsewhere", "order-1")).isEmpty();
		assertThat(store().findLatest(ExecutionKey.DEFAULT_NAMESPACE, "ORDER-1")).isEmpty();
		assertThat(store().find(RunBuilder.of("order-1").runId())).isEmpty();
		assertThat(store().find("not a run id")).isEmpty();
		assertThat(store().load(List.of("not a run id"))).isEmpty();
	}

	private RunRecord latest(String workflowId) {
		return store().findLatest(ExecutionKey.DEFAULT_NAMESPACE, workflowId).orElseThrow();
	}

}
