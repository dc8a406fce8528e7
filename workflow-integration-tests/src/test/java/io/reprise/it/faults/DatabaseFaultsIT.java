package io.reprise.it.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.reprise.ErrorCode;
import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowException;
import io.reprise.WorkflowHandle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * PostgreSQL misbehaves while workflows run.
 */
class DatabaseFaultsIT {

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
	void shouldTellTheCallerWhenThePoolIsExhaustedAndGoOnAfterwards() throws Exception {
		String url = TestDatabase.POSTGRESQL.createUrl(getClass());
		try (ConfigurableApplicationContext context = FaultApplication.start(url,
				Map.of("spring.datasource.hikari.maximum-pool-size", 4, "spring.datasource.hikari.connection-timeout",
						300, "workflow.engine.client-timeout", "1s"))) {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			DataSource pool = context.getBean(DataSource.class);
			List<Connection> taken = takeAll(pool);
			try {
				assertThatThrownBy(
						() -> client.start(Staircase.class, (w) -> w.run("no", 1), StartOptions.withId("exhausted")))
					.isInstanceOfSatisfying(WorkflowException.class,
							(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
			}
			finally {
				for (Connection connection : taken) {
					connection.close();
				}
			}
			WorkflowHandle<Staircase, Integer> afterwards = client.start(Staircase.class, (w) -> w.run("yes", 2),
					StartOptions.withId("afterwards"));
			assertThat(afterwards.result(Duration.ofSeconds(30))).isEqualTo(2);
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

	private static List<Connection> takeAll(DataSource pool) {
		List<Connection> taken = new ArrayList<>();
		try {
			while (true) {
				taken.add(pool.getConnection());
			}
		}
		catch (SQLException ex) {
			return taken;
		}
	}

	private static long taken(String url) {
		return Sql.query(url, "select count(distinct idempotency_key) from step_ledger");
	}

	private static int cutConnections(String url) {
		return (int) Sql.query(url,
				"select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
	}

}
