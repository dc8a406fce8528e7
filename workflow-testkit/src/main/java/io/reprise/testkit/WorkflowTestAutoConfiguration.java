package io.reprise.testkit;

import java.util.Optional;
import java.util.Set;

import io.reprise.WorkflowClient;
import io.reprise.boot.WorkflowAutoConfiguration;
import io.reprise.boot.WorkflowRuntime;
import io.reprise.client.DefaultWorkflowClient;
import io.reprise.client.EmbeddedGateway;
import io.reprise.client.KnownTypes;
import io.reprise.convert.FailureConverter;
import io.reprise.engine.EngineSettings;
import io.reprise.kernel.Limits;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.IdSource;
import io.reprise.spi.PayloadConverter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The beans of a {@link WorkflowTest} that take the place of the application's.
 */
@AutoConfiguration(before = WorkflowAutoConfiguration.class)
public final class WorkflowTestAutoConfiguration {

	WorkflowTestAutoConfiguration() {
	}

	@Bean
	VirtualClock workflowTestClock() {
		return new VirtualClock();
	}

	@Bean
	InMemoryHistoryStore workflowHistoryStore(VirtualClock clock) {
		return new InMemoryHistoryStore(clock);
	}

	@Bean
	EngineSettings workflowEngineSettings() {
		return WorkflowTestEnvironment.settings(Limits.DEFAULT);
	}

	@Bean
	WorkflowTime workflowTime(VirtualClock clock, WorkflowRuntime runtime) {
		return new WorkflowTime(clock,
				() -> runtime.worker().isIdle() && runtime.engine().isIdle() && runtime.worker().isIdle());
	}

	@Bean
	WorkflowClient workflowClient(WorkflowRuntime runtime, WorkflowTime time, PayloadConverter converter,
			IdSource ids) {
		return new DefaultWorkflowClient(
				new TimeSkippingGateway(() -> new EmbeddedGateway(runtime.engine(), runtime.worker()), time),
				new RuntimeTypes(runtime), converter, new FailureConverter(converter), ids,
				ExecutionKey.DEFAULT_NAMESPACE);
	}

	/**
	 * The workflows of the application, known once it has started.
	 */
	private record RuntimeTypes(WorkflowRuntime runtime) implements KnownTypes {

		@Override
		public void requireWorkflow(String workflowType) {
			KnownTypes.of(runtime.workflows()).requireWorkflow(workflowType);
		}

		@Override
		public Optional<Set<String>> signals(String workflowType) {
			return KnownTypes.of(runtime.workflows()).signals(workflowType);
		}

	}

}
