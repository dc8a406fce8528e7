package io.reprise.boot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health indicator {@code workflow}.
 */
@AutoConfiguration(after = WorkflowAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(WorkflowRuntime.class)
@ConditionalOnEnabledHealthIndicator("workflow")
public final class WorkflowHealthAutoConfiguration {

	WorkflowHealthAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "workflowHealthIndicator")
	HealthIndicator workflowHealthIndicator(WorkflowRuntime runtime, WorkflowProperties properties) {
		return new WorkflowHealthIndicator(runtime, properties.health().stalledIsDown());
	}

}
