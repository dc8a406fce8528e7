package io.reprise.it.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowNotFoundException;
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

}
