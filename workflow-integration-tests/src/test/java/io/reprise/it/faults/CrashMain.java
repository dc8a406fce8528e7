package io.reprise.it.faults;

import java.util.List;
import java.util.Map;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowRef;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * A process to be killed while its workflows wait. Started again, it waits for them.
 */
final class CrashMain {

	private CrashMain() {
	}

	public static void main(String[] args) {
		ConfigurableApplicationContext context = FaultApplication.start(args[0], Map.of());
		WorkflowClient client = context.getBean(WorkflowClient.class);
		List<WorkflowRef> workflows = List.of(start(client, "AtMostOnce"), start(client, "AtLeastOnce"),
				start(client, "Nap"));
		System.out.println("started");
		workflows.forEach((workflow) -> Thread.ofPlatform()
			.start(() -> System.out.println("result " + workflow.workflowId() + " " + workflow.result(String.class))));
	}

	private static WorkflowRef start(WorkflowClient client, String type) {
		return client.start(type, StartOptions.withId(type).requestId(type));
	}

}
