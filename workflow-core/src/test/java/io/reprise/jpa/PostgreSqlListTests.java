package io.reprise.jpa;

import java.util.List;

import javax.sql.DataSource;

import io.reprise.WorkflowStatus;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunQuery.Condition;
import io.reprise.spi.RunQuery.Field;
import io.reprise.spi.RunQuery.Operator;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The common behaviour, on PostgreSQL, and which index it uses. */
class PostgreSqlListTests extends ListBehaviour {

	/**
	 * So often the driver prepares a statement, and the server's plan knows no values.
	 */
	private static final int OFTEN = 20;

	@Override
	DataSource createDataSource() {
		return TestPostgres.pool(TestPostgres.newDatabase());
	}

	@Test
	void shouldFindRareStatusByIndexWithoutTheCommonOne() {
		JdbcClient client = JdbcClient.create(dataSource);
		client
			.sql("""
					INSERT INTO workflow_execution (run_id, namespace, workflow_id, workflow_key, workflow_type, task_queue,
						start_request_id, status, version, start_time, close_time, history_events, history_bytes)
					SELECT 'run-' || n, 'plan', 'workflow-' || n, sha256(n::text::bytea), 'Order', 'default', 'request-' || n,
						CASE WHEN n < 3 THEN 2 ELSE 1 END, 1, now() + n * interval '1 second', now(), 5, 500
					FROM generate_series(1, 20000) n""")
			.update();
		client.sql("ANALYZE workflow_execution").update();
		RunQuery failed = new RunQuery("plan",
				List.of(new Condition(Field.STATUS, Operator.EQUAL, List.of(WorkflowStatus.FAILED))), Field.START_TIME,
				true, 100, null);

		for (int i = 0; i < OFTEN; i++) {
			assertThat(store.list(failed).runs()).extracting((run) -> run.key().runId())
				.containsExactly("run-2", "run-1");
		}

		await().untilAsserted(() -> assertThat(
				client.sql("SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'workflow_execution_status'")
					.query(Long.class)
					.single())
			.isGreaterThanOrEqualTo(OFTEN));
	}

}
