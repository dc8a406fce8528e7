package io.reprise.testkit;

import io.reprise.boot.WorkflowAutoConfiguration;
import io.reprise.boot.WorkflowRuntime;
import io.reprise.client.DefaultWorkflowClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what {@link AutoConfigureWorkflowTest} promises.
 */
@AutoConfiguration(before = WorkflowAutoConfiguration.class)
final class WorkflowTestAutoConfiguration {

	@Bean
	VirtualClock workflowTestClock() {
		return new VirtualClock();
	}

	@Bean
	InMemoryHistoryStore workflowTestStore(VirtualClock clock) {
		return new InMemoryHistoryStore(clock);
	}

	@Bean
	TestTime workflowTestTime(VirtualClock clock, InMemoryHistoryStore store,
			ObjectProvider<WorkflowRuntime> runtime) {
		return new TestTime(clock, store, () -> isIdle(runtime.getObject()));
	}

	private static boolean isIdle(WorkflowRuntime runtime) {
		return !runtime.isRunning()
				|| (runtime.engine().isIdle() && runtime.worker().isIdle() && runtime.engine().isIdle());
	}

	@Bean
	static BeanPostProcessor workflowTestClientPostProcessor(ObjectProvider<TestTime> time) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				return (bean instanceof DefaultWorkflowClient client) ? new SkippingClient(client, time::getObject)
						: bean;
			}

		};
	}

}
