package io.reprise.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunQuery.Field;
import io.reprise.spi.StoredSnapshot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link HistoryStore#deleteClosedBefore} and {@link HistoryStore#countStalled}
 * promise.
 */
interface RetentionContract extends StoreUnderTest {

	@Test
	default void shouldDeleteARunWithAllThatBelongsToIt() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);
		write(run.next(RunBuilder.bytes("event 2"), new StoredSnapshot(1, RunBuilder.bytes("folded 1"))));
		store().offer(new InboxEntry(run.key(), "request-1", RunBuilder.bytes("late")));
		write(run.closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH).next());

		assertThat(deleteBefore(RunBuilder.EPOCH.plusSeconds(1))).isEqualTo(1);

		assertThat(store().find(run.runId())).isEmpty();
		assertThat(store().load(List.of(run.runId()))).isEmpty();
		assertThat(store().history(run.runId(), 1)).isEmpty();
		assertThat(store().inbox("node-1", 10)).isEmpty();
		assertThat(store().findLatest(ExecutionKey.DEFAULT_NAMESPACE, "order-1")).isEmpty();
		assertThat(
				store().list(new RunQuery(ExecutionKey.DEFAULT_NAMESPACE, List.of(), Field.START_TIME, true, 10, null))
					.runs())
			.isEmpty();
	}

	@Test
	default void shouldKeepAClosedRunThatHasAnOwner() {
		RunBuilder run = RunBuilder.of("order-1").owner("node-1");
		create(run);
		write(run.closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH).next());

		assertThat(deleteBefore(RunBuilder.EPOCH.plusSeconds(1))).isZero();

		write(run.owner(null).nextRecordOnly());
		assertThat(deleteBefore(RunBuilder.EPOCH.plusSeconds(1))).isEqualTo(1);
	}

	@Test
	default void shouldLeaveNothingBehindThatARunOfTheSameIdWouldFind() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);
		write(run.next(RunBuilder.bytes("event 2"), new StoredSnapshot(1, RunBuilder.bytes("folded 1"))));
		write(run.closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH).next());
		deleteBefore(RunBuilder.EPOCH.plusSeconds(1));

		create(run);

		assertThat(load(run).snapshot()).isNull();
		assertBodies(load(run).tail(), "event 1");
	}

	@Test
	default void shouldKeepRunsThatAreOpenOrClosedLater() {
		RunBuilder open = RunBuilder.of("order-1").startedAt(RunBuilder.EPOCH.minusSeconds(99));
		create(open);
		RunBuilder older = createClosed("order-2", RunBuilder.EPOCH.minusNanos(1000));
		RunBuilder justThen = createClosed("order-2", RunBuilder.EPOCH);
		RunBuilder later = createClosed("order-2", RunBuilder.EPOCH.plusSeconds(1));
		store().offer(new InboxEntry(open.key(), "request-1", RunBuilder.bytes("body")));

		assertThat(deleteBefore(RunBuilder.EPOCH)).isEqualTo(1);

		assertThat(store().find(older.runId())).isEmpty();
		assertStored(open.record());
		assertStored(justThen.record());
		assertStored(later.record());
		assertBodies(store().history(later.runId(), 1), "event 1", "event 2");
		assertThat(store().inbox("node-1", 10)).hasSize(1);
	}

	@Test
	default void shouldDeleteInChunks() {
		List<RunBuilder> runs = new ArrayList<>();
		for (int i = 0; i < 7; i++) {
			runs.add(createClosed("order-" + i, RunBuilder.EPOCH.minusSeconds(i)));
		}

		assertThat(store().deleteClosedBefore(RunBuilder.EPOCH.plusSeconds(1), 3)).isEqualTo(3);
		assertThat(runs).filteredOn(run -> store().find(run.runId()).isPresent()).hasSize(4);
		assertThat(store().deleteClosedBefore(RunBuilder.EPOCH.plusSeconds(1), 3)).isEqualTo(3);
		assertThat(store().deleteClosedBefore(RunBuilder.EPOCH.plusSeconds(1), 3)).isEqualTo(1);
		assertThat(store().deleteClosedBefore(RunBuilder.EPOCH.plusSeconds(1), 3)).isZero();
	}

	@Test
	default void shouldCountOpenRunsThatABugStalls() {
		assertThat(store().countStalled()).isZero();
		RunBuilder first = RunBuilder.of("order-1").stalled(true);
		RunBuilder second = RunBuilder.of("elsewhere", "order-1").stalled(true);
		RunBuilder third = RunBuilder.of("order-3").stalled(true);
		create(first, second, third, RunBuilder.of("order-4"));
		assertThat(store().countStalled()).isEqualTo(3);

		write(first.stalled(false).next(), third.closed(WorkflowStatus.TERMINATED, RunBuilder.EPOCH).next());

		assertThat(store().countStalled()).isEqualTo(1);
	}

	private int deleteBefore(Instant time) {
		return store().deleteClosedBefore(time, 100);
	}

}
