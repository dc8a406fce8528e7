package io.reprise.testkit;

import java.time.Instant;
import java.util.List;

import io.reprise.WorkflowStatus;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.HistoryStore.DueRun;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link HistoryStore#due} promises.
 */
interface DueContract extends StoreUnderTest {

	/** Those that runs have by default. */
	List<String> TYPES = List.of("ProcessOrder");

	@Test
	default void shouldFindRunsThatAreDueMostOverdueFirst() {
		RunBuilder second = RunBuilder.of("second").dueAt(RunBuilder.EPOCH.plusNanos(1000));
		RunBuilder first = RunBuilder.of("other", "first").dueAt(RunBuilder.EPOCH);
		RunBuilder third = RunBuilder.of("third").dueAt(RunBuilder.EPOCH.plusSeconds(9));
		create(second, first, third);

		assertThat(dueUntil(RunBuilder.EPOCH.plusSeconds(9))).containsExactly(due(first, RunBuilder.EPOCH),
				due(second, RunBuilder.EPOCH.plusNanos(1000)), due(third, RunBuilder.EPOCH.plusSeconds(9)));
	}

	@Test
	default void shouldLeaveOutRunsThatAreNotDue() {
		create(RunBuilder.of("later").dueAt(RunBuilder.EPOCH.plusNanos(1000)), RunBuilder.of("never"));

		assertThat(dueUntil(RunBuilder.EPOCH)).isEmpty();
	}

	@Test
	default void shouldLeaveOutClosedRuns() {
		RunBuilder run = RunBuilder.of("order-1").dueAt(RunBuilder.EPOCH);
		create(run);
		write(run.closed(WorkflowStatus.CANCELED, RunBuilder.EPOCH).next());

		assertThat(dueUntil(RunBuilder.EPOCH.plusSeconds(1))).isEmpty();
	}

	@Test
	default void shouldLeaveOutRunsOfOtherNodes() {
		RunBuilder own = RunBuilder.of("own").owner("node-1").dueAt(RunBuilder.EPOCH);
		RunBuilder nobodys = RunBuilder.of("nobodys").dueAt(RunBuilder.EPOCH.plusSeconds(1));
		create(own, nobodys, RunBuilder.of("others").owner("node-2").dueAt(RunBuilder.EPOCH));

		assertThat(dueUntil(RunBuilder.EPOCH.plusSeconds(1))).containsExactly(due(own, RunBuilder.EPOCH),
				due(nobodys, RunBuilder.EPOCH.plusSeconds(1)));
	}

	@Test
	default void shouldLeaveOutRunsOfTypesThatTheNodeDoesNotKnow() {
		RunBuilder old = RunBuilder.of("old").dueAt(RunBuilder.EPOCH);
		RunBuilder other = RunBuilder.of("other").type("Refund").owner("node-1").dueAt(RunBuilder.EPOCH.plusSeconds(1));
		create(RunBuilder.of("new").type("Subscription").dueAt(RunBuilder.EPOCH), old, other);

		assertThat(store().due("node-1", List.of("ProcessOrder", "Refund"), RunBuilder.EPOCH.plusSeconds(1), 100))
			.containsExactly(due(old, RunBuilder.EPOCH), due(other, RunBuilder.EPOCH.plusSeconds(1)));
		assertThat(store().due("node-1", List.of(), RunBuilder.EPOCH.plusSeconds(1), 100)).isEmpty();
	}

	@Test
	default void shouldFindTheMostOverdueIfTheLimitIsReached() {
		RunBuilder[] runs = new RunBuilder[5];
		for (int i = 0; i < runs.length; i++) {
			runs[i] = RunBuilder.of("order-" + i)
				.owner((i % 2 == 0) ? "node-1" : null)
				.dueAt(RunBuilder.EPOCH.minusSeconds(i));
		}
		create(runs);

		assertThat(store().due("node-1", TYPES, RunBuilder.EPOCH, 3)).containsExactly(
				due(runs[4], RunBuilder.EPOCH.minusSeconds(4)), due(runs[3], RunBuilder.EPOCH.minusSeconds(3)),
				due(runs[2], RunBuilder.EPOCH.minusSeconds(2)));
	}

	@Test
	default void shouldFollowTheWritesOfARun() {
		RunBuilder run = RunBuilder.of("order-1").dueAt(RunBuilder.EPOCH.plusSeconds(60));
		create(run);
		write(run.dueAt(RunBuilder.EPOCH).nextRecordOnly());
		assertThat(dueUntil(RunBuilder.EPOCH)).containsExactly(due(run, RunBuilder.EPOCH));

		write(run.dueAt(null).nextRecordOnly());

		assertThat(dueUntil(RunBuilder.EPOCH.plusSeconds(60))).isEmpty();
	}

	private List<DueRun> dueUntil(Instant time) {
		return store().due("node-1", TYPES, time, 100);
	}

	private static DueRun due(RunBuilder run, Instant time) {
		return new DueRun(run.key(), time);
	}

}
