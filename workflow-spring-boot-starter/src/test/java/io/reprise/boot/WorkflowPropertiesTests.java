package io.reprise.boot;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.reprise.definition.FailurePolicy;
import io.reprise.engine.EngineSettings;
import io.reprise.jpa.JpaSettings;
import io.reprise.replay.ReplayLimits;
import io.reprise.worker.WorkerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WorkflowPropertiesTests {

	@Test
	void shouldHaveTheDefaultsOfThePartsThemselves() {
		WorkflowProperties properties = bind();

		assertThat(properties.engineSettings()).isEqualTo(EngineSettings.defaults());
		assertThat(properties.workerSettings("b")).isEqualTo(WorkerSettings.defaults("b"));
		assertThat(properties.replayLimits()).isEqualTo(ReplayLimits.DEFAULT);
		assertThat(properties.jpaSettings()).isEqualTo(JpaSettings.defaults());
		assertThat(properties.failures().policy("Any")).isEqualTo(FailurePolicy.DEFAULT);
		assertThat(properties.enabled()).isTrue();
		assertThat(properties.topology()).isEqualTo(Topology.EMBEDDED);
		assertThat(properties.namespace()).isEqualTo("default");
		assertThat(properties.buildId()).isNull();
		assertThat(properties.determinism().enabled()).isTrue();
		assertThat(properties.worker().shutdownTimeout()).isEqualTo(Duration.ofSeconds(20));
		assertThat(properties.health().stalledIsDown()).isFalse();
	}

	@Test
	void shouldBindEngine() {
		EngineSettings settings = bind("workflow.engine.lanes", "3", "workflow.engine.maximum-batch", "10",
				"workflow.engine.cached-runs", "20", "workflow.engine.clock-sync", "0", "workflow.engine.lease", "6s",
				"workflow.engine.sweep-interval", "2s", "workflow.engine.client-timeout", "3s",
				"workflow.retention.period", "7d", "workflow.retention.interval", "1h", "workflow.limits.payload",
				"1KB", "workflow.limits.history-events", "11", "workflow.limits.history-size", "1MB",
				"workflow.limits.pending-activities", "12", "workflow.limits.pending-timers", "13",
				"workflow.limits.signals", "14", "workflow.limits.pending-requests", "15",
				"workflow.payloads.claim-check-threshold", "10KB")
			.engineSettings();

		assertThat(settings).isEqualTo(new EngineSettings(3, 10, 20, Duration.ZERO, Duration.ofSeconds(6),
				Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofDays(7), Duration.ofHours(1),
				new io.reprise.kernel.Limits(1024, 11, 1024 * 1024, 12, 13, 14, 1_000, 10 * 1024, 15)));
	}

	@Test
	void shouldBindWorkerAndItsLimits() {
		WorkflowProperties properties = bind("workflow.worker.workflow-slots", "1", "workflow.worker.activity-slots",
				"2", "workflow.worker.local-activity-slots", "3", "workflow.worker.cached-workflows", "0",
				"workflow.worker.deadlock-timeout", "4s", "workflow.worker.query-timeout", "5s",
				"workflow.limits.payload", "3KB", "workflow.limits.pending-activities", "6",
				"workflow.limits.pending-timers", "7", "workflow.limits.pending-requests", "8");

		assertThat(properties.workerSettings("b1")).isEqualTo(new WorkerSettings("b1", 1, 2, 3, 0,
				Duration.ofSeconds(4), Duration.ofSeconds(5), WorkerSettings.defaults("b1").retryDelay()));
		assertThat(properties.replayLimits()).isEqualTo(new ReplayLimits(3 * 1024, 6, 7, 8));
	}

	@Test
	void shouldBindTables() {
		assertThat(bind("workflow.datasource.schema", "flows", "workflow.datasource.migrate", "false",
				"workflow.datasource.advisory-locks", "false", "workflow.embedded.allow-in-memory", "true")
			.jpaSettings()).isEqualTo(new JpaSettings("flows", true, false, false));
	}

	@Test
	void shouldBindReasonsByPattern() {
		WorkflowProperties properties = bind("workflow.determinism.allow.com.acme.Order.run", "reviewed",
				"workflow.determinism.allow[com.acme.Order -> java.lang.System.getenv]", "read once");

		assertThat(properties.determinism().allow()).containsOnly(Map.entry("com.acme.Order.run", "reviewed"),
				Map.entry("com.acme.Order -> java.lang.System.getenv", "read once"));
	}

	@Test
	void shouldBindFailurePolicies() {
		WorkflowProperties properties = bind("workflow.failures.fail-on", "A,B", "workflow.failures.stall-on[0]", "C",
				"workflow.failures.types.ProcessOrder.stall-on", "D", "workflow.failures.types.other-type.fail-on",
				"E");

		assertThat(properties.failures().policy("Any").failing()).containsExactlyInAnyOrder("A", "B");
		assertThat(properties.failures().policy("Any").stalling()).containsExactly("C");
		assertThat(properties.failures().policy("ProcessOrder").stalling()).containsExactly("D");
		assertThat(properties.failures().policy("ProcessOrder").failing()).isEmpty();
		assertThat(properties.failures().policy("OtherType").failing()).containsExactly("E");
	}

	@ParameterizedTest
	@CsvSource({ "workflow.engine.lanes, 0, at least 1", "workflow.engine.lease, 0s, more than zero",
			"workflow.engine.clock-sync, -1s, zero or more", "workflow.worker.activity-slots, 0, at least 1",
			"workflow.worker.cached-workflows, -1, 0 or more", "workflow.worker.shutdown-timeout, -1s, zero or more",
			"workflow.retention.period, -1d, zero or more", "workflow.limits.payload, 3GB, less than 2GB",
			"workflow.limits.signals, 0, at least 1", "workflow.namespace, ' ', a name" })
	void shouldRefuse(String property, String value, String expected) {
		assertThatThrownBy(() -> bind(property, value)).rootCause()
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageStartingWith("Expected " + property + " to be " + expected + ", but it is '");
	}

	private static WorkflowProperties bind(String... namesAndValues) {
		Map<String, String> values = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			values.put(namesAndValues[i], namesAndValues[i + 1]);
		}
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("workflow",
				Bindable.of(WorkflowProperties.class));
	}

}
