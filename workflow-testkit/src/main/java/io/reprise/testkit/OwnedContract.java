package io.reprise.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link HistoryStore#owned} promises.
 */
interface OwnedContract extends StoreUnderTest {

	@Test
	default void shouldFindTheRunsOfANode() {
		RunBuilder own = RunBuilder.of("own").owner("node-1");
		RunBuilder closed = RunBuilder.of("closed").owner("node-1");
		RunBuilder done = RunBuilder.of("done").owner("node-1");
		create(own, closed, done, RunBuilder.of("others").owner("node-2"), RunBuilder.of("nobodys"));
		write(closed.closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH).next());
		write(done.closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH).owner(null).next());

		assertThat(store().owned("node-1", "", 10)).containsExactlyInAnyOrder(own.key(), closed.key());
		assertThat(store().owned("node-3", "", 10)).isEmpty();
	}

	@Test
	default void shouldFindOwnedRunsPageByPage() {
		RunBuilder[] runs = new RunBuilder[7];
		for (int i = 0; i < runs.length; i++) {
			runs[i] = RunBuilder.of("order-" + i).owner("node-1");
		}
		create(runs);

		List<ExecutionKey> found = new ArrayList<>();
		String after = "";
		for (int size : new int[] { 3, 3, 1, 0 }) {
			List<ExecutionKey> page = store().owned("node-1", after, 3);
			assertThat(page).hasSize(size);
			found.addAll(page);
			after = found.getLast().runId();
		}

		assertThat(found).containsExactlyInAnyOrderElementsOf(List.of(runs).stream().map(RunBuilder::key).toList())
			.isSortedAccordingTo(Comparator.comparing(ExecutionKey::runId));
	}

}
