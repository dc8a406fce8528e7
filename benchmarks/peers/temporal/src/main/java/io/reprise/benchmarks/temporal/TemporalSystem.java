package io.reprise.benchmarks.temporal;

import java.time.Duration;

import io.reprise.benchmarks.SystemUnderTest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;

/**
 * Temporal's SDK and its server for tests.
 */
final class TemporalSystem implements SystemUnderTest {

	static final String QUEUE = "benchmarks";

	private static final String TEXT = "order-456";

	private final TestWorkflowEnvironment environment;

	private final WorkflowClient client;

	TemporalSystem(TestWorkflowEnvironment environment) {
		this.environment = environment;
		this.client = environment.getWorkflowClient();
	}

	@Override
	public String name() {
		return "temporal (not durable)";
	}

	@Override
	public Started start(String id, int activities) {
		Sequence.Pass workflow = client.newWorkflowStub(Sequence.Pass.class, options(id));
		WorkflowClient.start(workflow::pass, activities, TEXT);
		return () -> {
			String result = WorkflowStub.fromTyped(workflow).getResult(String.class);
			if (!TEXT.equals(result)) {
				throw new IllegalStateException("Expected the result %s, but it is %s".formatted(TEXT, result));
			}
		};
	}

	@Override
	public void startSleeper(String id, Duration time) {
		WorkflowClient.start(client.newWorkflowStub(Sequence.Sleep.class, options(id))::sleep, id, time.toMillis());
	}

	@Override
	public void close() {
		environment.close();
	}

	private static WorkflowOptions options(String id) {
		return WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(QUEUE).build();
	}

}
