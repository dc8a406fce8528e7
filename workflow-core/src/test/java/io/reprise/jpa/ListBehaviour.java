package io.reprise.jpa;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.WorkflowStatus;
import io.reprise.spi.RunPage;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunQuery.Condition;
import io.reprise.spi.RunQuery.Field;
import io.reprise.spi.RunQuery.Operator;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunRecord.StallRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How runs are listed, on every database. */
abstract class ListBehaviour extends AbstractStoreTests {

	private final String namespace = "list-" + UUID.randomUUID();

	private Writes add(Writes run) {
		store.commit(List.of(run.next()));
		return run;
	}

	private Writes run(String namespace, String workflowId) {
		return Writes.of(namespace, workflowId, UUID.randomUUID().toString());
	}

	private static RunQuery query(String namespace, Condition... conditions) {
		return new RunQuery(namespace, List.of(conditions), Field.WORKFLOW_ID, false, 100, null);
	}

	private static Condition condition(Field field, Operator operator, Object... values) {
		return new Condition(field, operator, List.of(values));
	}

	private List<String> ids(RunQuery query) {
		return store.list(query).runs().stream().map(run -> run.key().workflowId()).toList();
	}

	@Test
	void shouldCompareTextAsItIs() {
		String here = "case-" + UUID.randomUUID();
		for (String id : List.of("alpha", "Alpha", "ALPHA", "al_ha", "al%", "al!x", "beta")) {
			add(run(here, id));
		}

		assertThat(ids(query(here, condition(Field.WORKFLOW_ID, Operator.EQUAL, "Alpha")))).containsExactly("Alpha");
		assertThat(ids(query(here, condition(Field.WORKFLOW_ID, Operator.STARTS_WITH, "al_"))))
			.containsExactly("al_ha");
		assertThat(ids(query(here, condition(Field.WORKFLOW_ID, Operator.STARTS_WITH, "al%")))).containsExactly("al%");
		assertThat(ids(query(here, condition(Field.WORKFLOW_ID, Operator.STARTS_WITH, "al!")))).containsExactly("al!x");
		assertThat(ids(query(here, condition(Field.WORKFLOW_ID, Operator.STARTS_WITH, "al")))).containsExactly("al!x",
				"al%", "al_ha", "alpha");
		assertThat(ids(query(here, condition(Field.WORKFLOW_ID, Operator.STARTS_WITH, "")))).hasSize(7);
		assertThat(ids(query(here, condition(Field.WORKFLOW_ID, Operator.IN, "alpha", "beta", "gamma"))))
			.containsExactly("alpha", "beta");
		assertThat(ids(query(here, condition(Field.WORKFLOW_ID, Operator.GREATER, "alpha")))).containsExactly("beta");
		assertThat(ids(query(here, condition(Field.WORKFLOW_ID, Operator.NOT_EQUAL, "beta")))).hasSize(6);
		assertThat(ids(query(here))).isSorted();
	}

	@Test
	void shouldFilterByStatusTypeTimeAndStall() {
		String here = "filter-" + UUID.randomUUID();
		Instant start = Writes.START;
		add(run(here, "open").type("Ship").startTime(start));
		add(run(here, "stalled").startTime(start.plusSeconds(1))
			.stall(new StallRecord(ErrorCode.WORKFLOW_BUG, "NullPointerException", start, 2, "b1")));
		Writes closed = add(run(here, "closed").startTime(start.plusSeconds(2)));
		store.commit(List.of(closed.close(WorkflowStatus.FAILED, start.plusSeconds(5)).next()));

		assertThat(ids(query(here, condition(Field.STATUS, Operator.EQUAL, WorkflowStatus.RUNNING))))
			.containsExactly("open", "stalled");
		assertThat(
				ids(query(here, condition(Field.STATUS, Operator.IN, WorkflowStatus.FAILED, WorkflowStatus.COMPLETED))))
			.containsExactly("closed");
		assertThat(ids(query(here, condition(Field.TYPE, Operator.EQUAL, "Ship")))).containsExactly("open");
		assertThat(ids(query(here, condition(Field.STALLED, Operator.EQUAL, true)))).containsExactly("stalled");
		assertThat(ids(query(here, condition(Field.STALLED, Operator.NOT_EQUAL, true)))).containsExactly("closed",
				"open");
		assertThat(ids(query(here, condition(Field.START_TIME, Operator.GREATER_OR_EQUAL, start.plusSeconds(1)),
				condition(Field.STATUS, Operator.EQUAL, WorkflowStatus.RUNNING))))
			.containsExactly("stalled");
		assertThat(ids(query(here, condition(Field.CLOSE_TIME, Operator.LESS, start.plusSeconds(100)))))
			.containsExactly("closed");
		assertThat(ids(query(here, condition(Field.TASK_QUEUE, Operator.EQUAL, "elsewhere")))).isEmpty();
		RunRecord stalled = store.list(query(here, condition(Field.STALLED, Operator.EQUAL, true))).runs().getFirst();
		assertThat(stalled.stall().code()).isEqualTo(ErrorCode.WORKFLOW_BUG);
		assertThat(stalled.stall().attempts()).isEqualTo(2);
	}

	@Test
	void shouldKeepToOneNamespace() {
		String here = "ns-" + UUID.randomUUID();
		add(run(here, "a"));
		add(run(here + "x", "a"));

		assertThat(store.list(query(here)).runs()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void shouldPageThroughEveryOrder(Field order) {
		String here = "page-" + order + "-" + UUID.randomUUID();
		for (int i = 0; i < 11; i++) {
			int n = i;
			Writes run = add(run(here, "w" + n).type("T" + n % 2)
				.startTime(Writes.START.plusSeconds(n % 3))
				.stall((n % 4 == 0) ? new StallRecord(ErrorCode.WORKFLOW_BUG, "x", Writes.START, 1, "b") : null));
			if (i % 2 == 0) {
				store.commit(List.of(run.close(WorkflowStatus.COMPLETED, Writes.START.plusSeconds(n % 4)).next()));
			}
		}

		List<String> up = pages(here, order, false, 3);
		List<String> down = pages(here, order, true, 4);

		assertThat(up).hasSize(11).doesNotHaveDuplicates();
		Collections.reverse(down);
		assertThat(down).isEqualTo(up);
		assertThat(pages(here, order, false, 11)).isEqualTo(up);
	}

	private List<String> pages(String here, Field order, boolean descending, int size) {
		List<String> runIds = new ArrayList<>();
		@Nullable String token = null;
		do {
			RunPage page = store.list(new RunQuery(here, List.of(), order, descending, size, token));
			assertThat(page.runs()).hasSizeLessThanOrEqualTo(size).isNotEmpty();
			page.runs().forEach(run -> runIds.add(run.key().runId()));
			token = page.nextPageToken();
		}
		while (token != null);
		return runIds;
	}

	@Test
	void shouldNeitherRepeatNorMissWhenRunsAreAddedBetweenPages() {
		String here = "growing-" + UUID.randomUUID();
		for (int i = 0; i < 6; i++) {
			int n = i;
			add(run(here, "w" + n).startTime(Writes.START.plusSeconds(n)));
		}
		RunPage first = store.list(new RunQuery(here, List.of(), Field.START_TIME, true, 3, null));
		add(run(here, "new").startTime(Writes.START.plusSeconds(60)));
		add(run(here, "older").startTime(Writes.START.plusMillis(500)));

		RunPage second = store.list(new RunQuery(here, List.of(), Field.START_TIME, true, 10, first.nextPageToken()));

		assertThat(first.runs()).extracting(run -> run.key().workflowId()).containsExactly("w5", "w4", "w3");
		assertThat(second.runs()).extracting(run -> run.key().workflowId()).containsExactly("w2", "w1", "older", "w0");
		assertThat(second.nextPageToken()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nonsense", "%%%", "MQpXT1JLRkxPV19JRCBkZXNjCnJ1bgo9eA", "MQ" })
	void shouldRefuseATokenThatIsNone(String token) {
		assertThatExceptionOfType(WorkflowException.class)
			.isThrownBy(() -> store.list(new RunQuery(namespace, List.of(), Field.WORKFLOW_ID, false, 10, token)))
			.withMessageContaining("Expected the page token")
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_FILTER));
	}

	@Test
	void shouldRefuseATokenOfAnotherOrder() {
		add(run(namespace, "t1"));
		add(run(namespace, "t2"));
		String token = store.list(new RunQuery(namespace, List.of(), Field.START_TIME, false, 1, null)).nextPageToken();

		assertThatExceptionOfType(WorkflowException.class)
			.isThrownBy(() -> store.list(new RunQuery(namespace, List.of(), Field.START_TIME, true, 1, token)))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_FILTER));
	}

	@Test
	void shouldRefuseConditionsThatMakeNoSense() {
		refuses(condition(Field.START_TIME, Operator.EQUAL, "yesterday"), "type Instant for START_TIME");
		refuses(condition(Field.STATUS, Operator.EQUAL, "Running"), "type WorkflowStatus for STATUS");
		refuses(condition(Field.STALLED, Operator.LESS, true), "operator for STALLED");
		refuses(condition(Field.START_TIME, Operator.STARTS_WITH, Writes.START), "operator for START_TIME");
		refuses(condition(Field.TYPE, Operator.IN), "a value for TYPE");
		assertThatExceptionOfType(WorkflowException.class)
			.isThrownBy(() -> store.list(new RunQuery(namespace, List.of(), Field.TYPE, false, 0, null)))
			.withMessageContaining("page size of at least 1");
	}

	private void refuses(Condition condition, String message) {
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> store.list(query(namespace, condition)))
			.withMessageContaining(message)
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_FILTER));
	}

}
