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
import io.reprise.WorkflowNotFoundException;
import io.reprise.it.Sql;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Health, retention, and a stop that hands over.
 */
abstract class OperationsSuite {

	abstract TestDatabase database();

	@Test
	void shouldHandOverAtAStopWithoutRunningAStepTwice() {
		String url = database().createUrl(getClass());
		ConfigurableApplicationContext first = FaultApplication.start(url, Map.of());
		WorkflowClient client = first.getBean(WorkflowClient.class);
		List<WorkflowHandle<Staircase, Integer>> handles = IntStream.range(0, 20)
			.mapToObj((i) -> client.start(Staircase.class, (w) -> w.run("stairs-" + i, 40),
					StartOptions.withId("stairs-" + i)))
			.toList();
		Awaitility.await().until(() -> handles.getFirst().query(Staircase::taken) >= 3);
		first.close();

		try (ConfigurableApplicationContext second = FaultApplication.start(url, Map.of())) {
			WorkflowClient next = second.getBean(WorkflowClient.class);
			for (int i = 0; i < 20; i++) {
				assertThat(next.handle("stairs-" + i).result(Integer.class, Duration.ofSeconds(60))).isEqualTo(40);
			}
			Long repeated = second.getBean(JdbcClient.class)
				.sql("select count(*) - count(distinct idempotency_key) from step_ledger")
				.query(Long.class)
				.single();
			assertThat(repeated).isZero();
		}
	}

	@Test
	void shouldBeHealthyAndSayWhatIsStalled() {
		try (ConfigurableApplicationContext context = FaultApplication.start(database().createUrl(getClass()),
				Map.of())) {
			HealthIndicator health = context.getBean("workflowHealthIndicator", HealthIndicator.class);
			assertThat(health.health().getStatus()).isEqualTo(Status.UP);
			WorkflowClient client = context.getBean(WorkflowClient.class);
			client.start("Glutton", StartOptions.defaults(), 1, 2, 3);
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(String.valueOf(health.health().getDetails())).contains("=1"));
			assertThat(client.list("stalled = true").workflows()).hasSize(1);
		}
	}

	@Test
	void shouldRemoveClosedRunsAfterTheirRetention() {
		try (ConfigurableApplicationContext context = FaultApplication.start(database().createUrl(getClass()),
				Map.of("workflow.retention.period", "1s", "workflow.retention.interval", "200ms"))) {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			client.execute(Staircase.class, (w) -> w.run("short", 1), StartOptions.withId("short"));
			WorkflowHandle<Staircase, Integer> open = client.start(Staircase.class, (w) -> w.run("long", 1_000),
					StartOptions.withId("long"));

			Awaitility.await().until(() -> client.list("workflowId = 'short'").workflows().isEmpty());
			assertThatThrownBy(() -> client.handle("short").describe()).isInstanceOf(WorkflowNotFoundException.class);
			assertThat(open.describe().historyEvents()).isPositive();
			open.terminate("done");
		}
	}

	@Test
	void shouldRefuseForbiddenCallsAtStartUp() {
		assertThatThrownBy(() -> FaultApplication
			.start(database().createUrl(getClass()), Map.of("workflow.determinism.enabled", true))
			.close()).hasStackTraceContaining("Glutton").hasStackTraceContaining("lock");
	}

	@Test
	void shouldTellTheCallerWhenThePoolIsExhaustedAndGoOnAfterwards() throws Exception {
		String url = database().createUrl(getClass());
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
	void shouldRefuseTablesOfAnotherBuildAndLeaveThemAlone() {
		String url = database().createUrl(getClass());
		try (ConfigurableApplicationContext context = FaultApplication.start(url, Map.of())) {
			context.getBean(WorkflowClient.class)
				.execute(Staircase.class, (w) -> w.run("before", 1), StartOptions.withId("before"));
		}
		Sql.update(url, "update workflow_schema set compatibility = compatibility + 99");
		long version = Sql.query(url, "select version from workflow_execution");

		assertThatThrownBy(() -> FaultApplication.start(url, Map.of()).close()).rootCause()
			.isInstanceOfSatisfying(WorkflowException.class,
					(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.SCHEMA_INCOMPATIBLE))
			.hasMessageContaining("Expected tables of compatibility ");

		assertThat(Sql.query(url, "select count(*) from workflow_execution")).isEqualTo(1);
		assertThat(Sql.query(url, "select version from workflow_execution")).isEqualTo(version);
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

}
