package io.reprise.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.RunPage;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunQuery.Condition;
import io.reprise.spi.RunQuery.Field;
import io.reprise.spi.RunQuery.Operator;
import io.reprise.spi.RunRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * In which order {@link HistoryStore#list} finds runs, and how it divides them into
 * pages. A run without a value is ordered as if it were greater than all.
 */
interface PagingContract extends StoreUnderTest {

	@Test
	default void shouldOrderByTime() {
		create(RunBuilder.of("b").startedAt(RunBuilder.EPOCH.plusNanos(1000)),
				RunBuilder.of("c").startedAt(RunBuilder.EPOCH.plusSeconds(1)),
				RunBuilder.of("a").startedAt(RunBuilder.EPOCH));

		assertThat(ids(Field.START_TIME, false)).containsExactly("a", "b", "c");
		assertThat(ids(Field.START_TIME, true)).containsExactly("c", "b", "a");
	}

	@Test
	default void shouldOrderTextsByCharacterCode() {
		create(RunBuilder.of("a"), RunBuilder.of("B"), RunBuilder.of("a-c"), RunBuilder.of("ab"), RunBuilder.of("A"),
				RunBuilder.of("ä"), RunBuilder.of("2"), RunBuilder.of("10"));

		assertThat(ids(Field.WORKFLOW_ID, false)).containsExactly("10", "2", "A", "B", "a", "a-c", "ab", "ä");
		assertThat(ids(Field.WORKFLOW_ID, true)).containsExactly("ä", "ab", "a-c", "a", "B", "A", "2", "10");
	}

	@Test
	default void shouldOrderByEachField() {
		createMixed();

		assertThat(list(Field.TYPE, false)).isSortedAccordingTo((a, b) -> a.workflowType().compareTo(b.workflowType()));
		assertThat(list(Field.TYPE, true)).isSortedAccordingTo((a, b) -> b.workflowType().compareTo(a.workflowType()));
		assertThat(list(Field.TASK_QUEUE, false)).isSortedAccordingTo((a, b) -> a.taskQueue().compareTo(b.taskQueue()));
		assertThat(list(Field.RUN_ID, true)).isSortedAccordingTo((a, b) -> b.key().runId().compareTo(a.key().runId()));
		assertThat(list(Field.STALLED, true)).extracting(run -> run.stall() != null)
			.isSortedAccordingTo((a, b) -> Boolean.compare(b, a));
		assertThat(list(Field.STATUS, false)).isSortedAccordingTo((a, b) -> a.status().compareTo(b.status()));
	}

	@Test
	default void shouldOrderRunsWithoutAValueAsGreatest() {
		create(RunBuilder.of("open"));
		createClosed("first", RunBuilder.EPOCH);
		createClosed("second", RunBuilder.EPOCH.plusSeconds(1));

		assertThat(ids(Field.CLOSE_TIME, false)).containsExactly("first", "second", "open");
		assertThat(ids(Field.CLOSE_TIME, true)).containsExactly("open", "second", "first");
	}

	@Test
	default void shouldDivideAnyOrderIntoPages() {
		createMixed();
		for (Field order : Field.values()) {
			for (boolean descending : new boolean[] { false, true }) {
				List<String> all = runIds(list(order, descending));
				assertThat(all).hasSize(11).doesNotHaveDuplicates();
				for (int pageSize : new int[] { 1, 2, 3, 11 }) {
					assertThat(walk(order, descending, pageSize)).as("by %s in pages of %d", order, pageSize)
						.isEqualTo(all);
				}
			}
		}
	}

	@Test
	default void shouldEndWithTheLastRun() {
		create(RunBuilder.of("a"), RunBuilder.of("b"), RunBuilder.of("c"), RunBuilder.of("d"));

		RunPage first = page(Field.WORKFLOW_ID, false, 2, null);
		RunPage second = page(Field.WORKFLOW_ID, false, 2, first.nextPageToken());

		assertThat(first.runs()).hasSize(2);
		assertThat(first.nextPageToken()).isNotNull();
		assertThat(second.runs()).hasSize(2);
		assertThat(second.nextPageToken()).isNull();
		assertThat(page(Field.WORKFLOW_ID, false, 4, null).nextPageToken()).isNull();
	}

	@Test
	default void shouldGiveAnEmptyPageWithoutAToken() {
		RunPage page = page(Field.START_TIME, true, 10, null);

		assertThat(page.runs()).isEmpty();
		assertThat(page.nextPageToken()).isNull();
	}

	@Test
	default void shouldGoOnWhereThePageEndedWhateverHappensMeanwhile() {
		RunBuilder[] runs = new RunBuilder[6];
		for (int i = 0; i < runs.length; i++) {
			runs[i] = RunBuilder.of("order-" + i).startedAt(RunBuilder.EPOCH.plusSeconds(i));
		}
		create(runs);
		RunPage first = page(Field.START_TIME, true, 2, null);

		create(RunBuilder.of("newer").startedAt(RunBuilder.EPOCH.plusSeconds(60)),
				RunBuilder.of("older").startedAt(RunBuilder.EPOCH.minusSeconds(1)));
		write(runs[4].closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH).next());
		store().deleteClosedBefore(RunBuilder.EPOCH.plusSeconds(1), 10);

		RunPage second = page(Field.START_TIME, true, 10, first.nextPageToken());
		assertThat(second.runs()).extracting(run -> run.key().workflowId())
			.containsExactly("order-3", "order-2", "order-1", "order-0", "older");
	}

	@Test
	default void shouldFilterEveryPage() {
		createMixed();
		List<Condition> conditions = List.of(new Condition(Field.TYPE, Operator.EQUAL, List.of("A")));
		List<RunRecord> found = new ArrayList<>();
		String token = null;
		do {
			RunPage page = store()
				.list(new RunQuery(ExecutionKey.DEFAULT_NAMESPACE, conditions, Field.CLOSE_TIME, true, 1, token));
			found.addAll(page.runs());
			token = page.nextPageToken();
		}
		while (token != null);

		assertThat(found).hasSize(4).allSatisfy(run -> assertThat(run.workflowType()).isEqualTo("A"));
	}

	@Test
	default void shouldRefuseATokenItDidNotGive() {
		createMixed();
		String good = Objects.requireNonNull(page(Field.START_TIME, false, 2, null).nextPageToken());

		for (String token : List.of("", "no token", "%%%", "AAAA", good.substring(0, good.length() / 2))) {
			assertThatExceptionOfType(WorkflowException.class).as("token '%s'", token)
				.isThrownBy(() -> page(Field.START_TIME, false, 2, token))
				.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_FILTER));
		}
	}

	@Test
	default void shouldRefuseATokenOfAnotherOrder() {
		createMixed();
		String token = page(Field.START_TIME, false, 2, null).nextPageToken();

		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> page(Field.WORKFLOW_ID, false, 2, token))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_FILTER));
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> page(Field.START_TIME, true, 2, token))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_FILTER));
	}

	/** Eleven runs with equal values in every field but the ids. */
	private void createMixed() {
		WorkflowStatus[] states = { WorkflowStatus.RUNNING, WorkflowStatus.COMPLETED, WorkflowStatus.RUNNING,
				WorkflowStatus.FAILED };
		for (int i = 0; i < 11; i++) {
			RunBuilder run = RunBuilder.of("order-" + (i * 5) % 11)
				.type(String.valueOf((char) ('A' + i % 3)))
				.taskQueue((i % 2 == 0) ? "fast" : "slow")
				.stalled(i % 4 == 1)
				.startedAt(RunBuilder.EPOCH.plusSeconds(i % 5));
			WorkflowStatus status = states[i % states.length];
			if (status.isClosed()) {
				run.closed(status, RunBuilder.EPOCH.plusSeconds(60 + i % 2));
			}
			create(run);
		}
	}

	private List<String> walk(Field order, boolean descending, int pageSize) {
		List<String> found = new ArrayList<>();
		String token = null;
		do {
			RunPage page = page(order, descending, pageSize, token);
			assertThat(page.runs()).hasSizeBetween(1, pageSize);
			found.addAll(runIds(page.runs()));
			assertThat(found).hasSizeLessThanOrEqualTo(11);
			token = page.nextPageToken();
		}
		while (token != null);
		return found;
	}

	private List<String> ids(Field order, boolean descending) {
		return list(order, descending).stream().map(run -> run.key().workflowId()).toList();
	}

	private List<RunRecord> list(Field order, boolean descending) {
		return page(order, descending, 100, null).runs();
	}

	private RunPage page(Field order, boolean descending, int size, @Nullable String token) {
		return store().list(new RunQuery(ExecutionKey.DEFAULT_NAMESPACE, List.of(), order, descending, size, token));
	}

	private static List<String> runIds(List<RunRecord> runs) {
		return runs.stream().map(run -> run.key().runId()).toList();
	}

}
