package io.reprise.benchmarks.temporal;

import io.reprise.benchmarks.Surroundings;
import io.reprise.benchmarks.SystemProvider;
import io.reprise.benchmarks.SystemUnderTest;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;

/**
 * Starts Temporal's server for tests and a worker, both in this JVM.
 */
public final class TemporalProvider implements SystemProvider {

	private static final int SLOTS = 512;

	private static final int POLLERS = 8;

	@Override
	public SystemUnderTest start(Surroundings surroundings) {
		TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
			.setUseTimeskipping(false)
			.setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
				.setUsingVirtualWorkflowThreads(true)
				.setMaxWorkflowThreadCount(20_000)
				.setWorkflowCacheSize(20_000)
				.build())
			.build());
		Worker worker = environment.newWorker(TemporalSystem.QUEUE,
				WorkerOptions.newBuilder()
					.setUsingVirtualThreads(true)
					.setMaxConcurrentWorkflowTaskExecutionSize(SLOTS)
					.setMaxConcurrentActivityExecutionSize(SLOTS)
					.setMaxConcurrentWorkflowTaskPollers(POLLERS)
					.setMaxConcurrentActivityTaskPollers(POLLERS)
					.build());
		worker.registerWorkflowImplementationTypes(Sequence.PassWorkflow.class, Sequence.SleepWorkflow.class);
		worker.registerActivitiesImplementations(new Sequence.NoStep());
		environment.start();
		return new TemporalSystem(environment);
	}

}
