package io.reprise.it.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowHandle;
import io.reprise.it.Sql;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * PostgreSQL misbehaves while workflows run.
 */
class DatabaseFaultsIT {

	private static final String OTHERS = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

	@Test
	void shouldLoseNothingWhenAllConnectionsAreCutAgainAndAgain() throws Exception {
		String url = TestDatabase.POSTGRESQL.createUrl(getClass());
		try (ConfigurableApplicationContext context = FaultApplication.start(url, Map.of())) {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			List<WorkflowHandle<Staircase, Integer>> handles = startAll(client, 50, 10);
			int cut = 0;
			for (int round = 0; round < 15; round++) {
				cut += cutConnections(url);
				int least = round;
				Awaitility.await().until(() -> taken(url) > least * 10);
			}
			assertThat(cut).as("connections cut").isGreaterThan(15);

			for (WorkflowHandle<Staircase, Integer> handle : handles) {
				assertThat(handle.result(Duration.ofSeconds(60))).isEqualTo(10);
			}
			Integer distinct = context.getBean(JdbcClient.class)
				.sql("select count(distinct idempotency_key) from step_ledger")
				.query(Integer.class)
				.single();
			assertThat(distinct).isEqualTo(500);
		}
	}

	@Test
	void shouldKeepItsConnectionsThoughActivitiesInterruptThemselves() {
		String url = TestDatabase.POSTGRESQL.createUrl(getClass());
		try (ConfigurableApplicationContext context = FaultApplication.start(url,
				Map.of("workflow.worker.activity-slots", 1, "spring.datasource.hikari.maximum-pool-size", 3,
						"spring.datasource.hikari.minimum-idle", 3))) {
			Awaitility.await().until(() -> connections(url) == 4);
			long newest = newestConnection(url);
			List<WorkflowHandle<Interrupting, String>> handles = IntStream.range(0, 20)
				.mapToObj((i) -> context.getBean(WorkflowClient.class)
					.start(Interrupting.class, (w) -> w.run(), StartOptions.withId("interrupting-" + i)))
				.toList();

			for (WorkflowHandle<Interrupting, String> handle : handles) {
				assertThat(handle.result(Duration.ofSeconds(60))).isEmpty();
			}
			assertThat(newestConnection(url)).isEqualTo(newest);
		}
	}

	@Test
	void shouldBeSafeWithASecondProcessOfTheSameApplication() {
		String url = TestDatabase.POSTGRESQL.createUrl(getClass());
		try (ConfigurableApplicationContext one = FaultApplication.start(url, Map.of());
				ConfigurableApplicationContext other = FaultApplication.start(url, Map.of())) {
			WorkflowClient here = one.getBean(WorkflowClient.class);
			WorkflowClient there = other.getBean(WorkflowClient.class);
			List<WorkflowHandle<Staircase, Integer>> handles = new ArrayList<>(startAll(here, 10, 20));
			there.handle(Staircase.class, "stairs-0").signal((w) -> w.gate(false));
			assertThat(there.handle(Staircase.class, "stairs-1").query(Staircase::taken)).isNotNegative();
			Awaitility.await()
				.until(() -> here.handle("stairs-0")
					.history()
					.stream()
					.anyMatch((e) -> e.type().equals("WorkflowSignaled")));
			there.handle(Staircase.class, "stairs-0").signal((w) -> w.gate(true));

			for (WorkflowHandle<Staircase, Integer> handle : handles) {
				assertThat(there.handle(handle.workflowId()).result(Integer.class, Duration.ofSeconds(60)))
					.isEqualTo(20);
			}
			Integer repeated = one.getBean(JdbcClient.class)
				.sql("select count(*) - count(distinct idempotency_key) from step_ledger")
				.query(Integer.class)
				.single();
			assertThat(repeated).isZero();
		}
	}

	private static List<WorkflowHandle<Staircase, Integer>> startAll(WorkflowClient client, int count, int steps) {
		return IntStream.range(0, count)
			.mapToObj((i) -> client.start(Staircase.class, (w) -> w.run("stairs-" + i, steps),
					StartOptions.withId("stairs-" + i)))
			.toList();
	}

	private static long connections(String url) {
		return Sql.query(url, "select count(*) " + OTHERS);
	}

	/** When the last was opened, in microseconds. */
	private static long newestConnection(String url) {
		return Sql.query(url, "select (extract(epoch from max(backend_start)) * 1000000)::bigint " + OTHERS);
	}

	private static long taken(String url) {
		return Sql.query(url, "select count(distinct idempotency_key) from step_ledger");
	}

	private static int cutConnections(String url) {
		return (int) Sql.query(url, "select count(pg_terminate_backend(pid)) " + OTHERS);
	}

}
