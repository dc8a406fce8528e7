package io.reprise.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.reprise.WorkflowStatus;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoredRun;
import io.reprise.spi.StoredTransition;
import io.reprise.spi.WriteOutcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the parts of the contract suites do with the store they test.
 */
interface StoreUnderTest {

	/**
	 * The store under test.
	 * @return the store, open, and empty when the test began
	 */
	HistoryStore store();

	/** Creates runs, each in a commit of its own. */
	default void create(RunBuilder... runs) {
		for (RunBuilder run : runs) {
			write(run.creation());
		}
	}

	/** Creates a run and closes it. */
	default RunBuilder createClosed(String workflowId, Instant closedAt) {
		RunBuilder run = RunBuilder.of(workflowId);
		create(run);
		write(run.closed(WorkflowStatus.COMPLETED, closedAt).next());
		return run;
	}

	/** Commits writes that must all succeed. */
	default void write(RunWrite... writes) {
		assertThat(store().commit(Arrays.asList(writes))).hasSize(writes.length).containsOnly(WriteOutcome.WRITTEN);
	}

	/** Commits one write and tells its outcome. */
	default WriteOutcome attempt(RunWrite write) {
		List<WriteOutcome> outcomes = store().commit(List.of(write));
		assertThat(outcomes).hasSize(1);
		return outcomes.getFirst();
	}

	default StoredRun load(RunBuilder run) {
		List<StoredRun> runs = store().load(List.of(run.runId()));
		assertThat(runs).hasSize(1);
		return runs.getFirst();
	}

	default void assertStored(RunRecord expected) {
		assertThat(store().find(expected.key().runId())).get().usingRecursiveComparison().isEqualTo(expected);
	}

	default void assertBodies(List<StoredTransition> history, String... bodies) {
		assertThat(history).extracting(transition -> new String(transition.body(), StandardCharsets.UTF_8))
			.containsExactly(bodies);
	}

}
