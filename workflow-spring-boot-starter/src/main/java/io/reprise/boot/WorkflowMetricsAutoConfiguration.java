package io.reprise.boot;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of metrics.
 */
@AutoConfiguration(after = WorkflowAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, WorkflowRuntime.class })
public final class WorkflowMetricsAutoConfiguration {

	WorkflowMetricsAutoConfiguration() {
	}

	@Bean
	WorkflowMetrics workflowMetrics(WorkflowRuntime runtime) {
		return new WorkflowMetrics(runtime);
	}

}
