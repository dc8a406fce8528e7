package io.reprise.testkit;

import java.time.Instant;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunQuery.Condition;
import io.reprise.spi.RunQuery.Field;
import io.reprise.spi.RunQuery.Operator;
import io.reprise.spi.RunRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which runs {@link HistoryStore#list} finds. A field without a value meets no condition.
 */
interface ListingContract extends StoreUnderTest {

	@Test
	default void shouldListTheRunsOfANamespace() {
		RunBuilder run = RunBuilder.of("order-1").owner("node-1").dueAt(RunBuilder.EPOCH).stalled(true);
		create(run, RunBuilder.of("elsewhere", "order-2"));

		List<RunRecord> found = list();

		assertThat(found).singleElement().usingRecursiveComparison().ignoringFields("overlay").isEqualTo(run.record());
		assertThat(store().list(new RunQuery("nowhere", List.of(), Field.START_TIME, false, 10, null)).runs())
			.isEmpty();
	}

	@Test
	default void shouldCompareTexts() {
		create(RunBuilder.of("order-1").type("A").taskQueue("x"), RunBuilder.of("order-2").type("B").taskQueue("y"),
				RunBuilder.of("order-3").type("C").taskQueue("y"));

		assertThat(ids(where(Field.WORKFLOW_ID, Operator.EQUAL, "order-2"))).containsExactly("order-2");
		assertThat(ids(where(Field.WORKFLOW_ID, Operator.EQUAL, "ORDER-2"))).isEmpty();
		assertThat(ids(where(Field.TYPE, Operator.NOT_EQUAL, "B"))).containsExactly("order-1", "order-3");
		assertThat(ids(where(Field.TASK_QUEUE, Operator.EQUAL, "y"))).containsExactly("order-2", "order-3");
		assertThat(ids(where(Field.WORKFLOW_ID, Operator.LESS, "order-2"))).containsExactly("order-1");
		assertThat(ids(where(Field.WORKFLOW_ID, Operator.LESS_OR_EQUAL, "order-2"))).containsExactly("order-1",
				"order-2");
		assertThat(ids(where(Field.TYPE, Operator.GREATER, "A"))).containsExactly("order-2", "order-3");
		assertThat(ids(where(Field.TYPE, Operator.GREATER_OR_EQUAL, "B"))).containsExactly("order-2", "order-3");
		assertThat(ids(where(Field.TYPE, Operator.IN, "C", "A", "Z"))).containsExactly("order-1", "order-3");
		assertThat(ids(where(Field.TYPE, Operator.IN, "B"))).containsExactly("order-2");
		assertThat(ids(where(Field.TYPE, Operator.EQUAL, "' OR 1=1 --"))).isEmpty();
	}

	@Test
	default void shouldCompareRunIds() {
		RunBuilder first = RunBuilder.of("order-1");
		RunBuilder second = RunBuilder.of("order-2");
		create(first, second);

		assertThat(ids(where(Field.RUN_ID, Operator.EQUAL, second.runId()))).containsExactly("order-2");
		assertThat(ids(where(Field.RUN_ID, Operator.IN, first.runId(), second.runId()))).hasSize(2);
		assertThat(ids(where(Field.RUN_ID, Operator.GREATER, first.runId()))).containsExactly("order-2");
		assertThat(ids(where(Field.RUN_ID, Operator.STARTS_WITH, first.runId().substring(0, 20)))).hasSize(2);
		assertThat(ids(where(Field.RUN_ID, Operator.EQUAL, "not a run id"))).isEmpty();
	}

	@Test
	default void shouldTakeTheBeginningOfATextLiterally() {
		create(RunBuilder.of("100%"), RunBuilder.of("100% sure"), RunBuilder.of("1000"), RunBuilder.of("a_b"),
				RunBuilder.of("axb"), RunBuilder.of("c:\\d"), RunBuilder.of("c:\\\\d"), RunBuilder.of("Ärger"),
				RunBuilder.of("it's"));

		assertThat(ids(where(Field.WORKFLOW_ID, Operator.STARTS_WITH, "100%"))).containsExactly("100%", "100% sure");
		assertThat(ids(where(Field.WORKFLOW_ID, Operator.STARTS_WITH, "a_"))).containsExactly("a_b");
		assertThat(ids(where(Field.WORKFLOW_ID, Operator.STARTS_WITH, "A_"))).isEmpty();
		assertThat(ids(where(Field.WORKFLOW_ID, Operator.STARTS_WITH, "c:\\d"))).containsExactly("c:\\d");
		assertThat(ids(where(Field.WORKFLOW_ID, Operator.STARTS_WITH, "Är"))).containsExactly("Ärger");
		assertThat(ids(where(Field.WORKFLOW_ID, Operator.STARTS_WITH, "it's"))).containsExactly("it's");
		assertThat(ids(where(Field.WORKFLOW_ID, Operator.STARTS_WITH, ""))).hasSize(9);
	}

	@Test
	default void shouldCompareStates() {
		create(RunBuilder.of("order-1"));
		createClosed("order-2", RunBuilder.EPOCH);
		RunBuilder failed = RunBuilder.of("order-3").closed(WorkflowStatus.FAILED, RunBuilder.EPOCH);
		create(failed);

		assertThat(ids(where(Field.STATUS, Operator.EQUAL, WorkflowStatus.RUNNING))).containsExactly("order-1");
		assertThat(ids(where(Field.STATUS, Operator.NOT_EQUAL, WorkflowStatus.RUNNING))).containsExactly("order-2",
				"order-3");
		assertThat(ids(where(Field.STATUS, Operator.IN, WorkflowStatus.FAILED, WorkflowStatus.RUNNING)))
			.containsExactly("order-1", "order-3");
	}

	@Test
	default void shouldCompareTimesToTheMicrosecond() {
		Instant start = RunBuilder.EPOCH;
		create(RunBuilder.of("order-1").startedAt(start.minusNanos(1000)), RunBuilder.of("order-2").startedAt(start),
				RunBuilder.of("order-3").startedAt(start.plusNanos(1000)));

		assertThat(ids(where(Field.START_TIME, Operator.EQUAL, start))).containsExactly("order-2");
		assertThat(ids(where(Field.START_TIME, Operator.NOT_EQUAL, start))).containsExactly("order-1", "order-3");
		assertThat(ids(where(Field.START_TIME, Operator.LESS, start))).containsExactly("order-1");
		assertThat(ids(where(Field.START_TIME, Operator.LESS_OR_EQUAL, start))).containsExactly("order-1", "order-2");
		assertThat(ids(where(Field.START_TIME, Operator.GREATER, start))).containsExactly("order-3");
		assertThat(ids(where(Field.START_TIME, Operator.GREATER_OR_EQUAL, start))).containsExactly("order-2",
				"order-3");
		assertThat(ids(where(Field.START_TIME, Operator.IN, start, start.plusNanos(1000)))).containsExactly("order-2",
				"order-3");
	}

	@Test
	default void shouldFindNoOpenRunByItsCloseTime() {
		create(RunBuilder.of("order-1"));
		createClosed("order-2", RunBuilder.EPOCH);

		for (Operator operator : List.of(Operator.LESS_OR_EQUAL, Operator.GREATER_OR_EQUAL, Operator.EQUAL,
				Operator.IN)) {
			assertThat(ids(where(Field.CLOSE_TIME, operator, RunBuilder.EPOCH))).containsExactly("order-2");
		}
		assertThat(ids(where(Field.CLOSE_TIME, Operator.NOT_EQUAL, RunBuilder.EPOCH))).isEmpty();
		assertThat(ids(where(Field.CLOSE_TIME, Operator.NOT_EQUAL, RunBuilder.EPOCH.plusSeconds(1))))
			.containsExactly("order-2");
	}

	@Test
	default void shouldFindStalledRuns() {
		create(RunBuilder.of("order-1").stalled(true), RunBuilder.of("order-2"));

		assertThat(ids(where(Field.STALLED, Operator.EQUAL, true))).containsExactly("order-1");
		assertThat(ids(where(Field.STALLED, Operator.EQUAL, false))).containsExactly("order-2");
		assertThat(ids(where(Field.STALLED, Operator.NOT_EQUAL, true))).containsExactly("order-2");
		assertThat(ids(where(Field.STALLED, Operator.IN, true, false))).hasSize(2);
	}

	@Test
	default void shouldFindRunsThatMeetAllConditions() {
		create(RunBuilder.of("order-1").type("A"), RunBuilder.of("order-2").type("B"),
				RunBuilder.of("invoice-1").type("B"));

		assertThat(ids(where(Field.TYPE, Operator.EQUAL, "B"), where(Field.WORKFLOW_ID, Operator.STARTS_WITH, "order"),
				where(Field.STATUS, Operator.EQUAL, WorkflowStatus.RUNNING)))
			.containsExactly("order-2");
		assertThat(ids(where(Field.TYPE, Operator.EQUAL, "B"), where(Field.TYPE, Operator.EQUAL, "A"))).isEmpty();
	}

	@Test
	default void shouldRefuseConditionsThatMeanNothing() {
		create(RunBuilder.of("order-1"));

		assertRefused(where(Field.STATUS, Operator.EQUAL, "Running"));
		assertRefused(where(Field.START_TIME, Operator.LESS, "2026-01-01"));
		assertRefused(where(Field.TYPE, Operator.IN, "A", 5));
		assertRefused(where(Field.TYPE, Operator.EQUAL));
		assertRefused(where(Field.STALLED, Operator.GREATER, false));
		assertRefused(where(Field.START_TIME, Operator.STARTS_WITH, RunBuilder.EPOCH));
	}

	private void assertRefused(Condition condition) {
		assertThatExceptionOfType(WorkflowException.class).as(condition.toString())
			.isThrownBy(() -> list(condition))
			.withMessageStartingWith("Expected ")
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_FILTER));
	}

	private List<RunRecord> list(Condition... conditions) {
		return store()
			.list(new RunQuery(ExecutionKey.DEFAULT_NAMESPACE, List.of(conditions), Field.WORKFLOW_ID, false, 100,
					null))
			.runs();
	}

	private List<String> ids(Condition... conditions) {
		return list(conditions).stream().map(run -> run.key().workflowId()).toList();
	}

	private static Condition where(Field field, Operator operator, Object... values) {
		return new Condition(field, operator, List.of(values));
	}

}
