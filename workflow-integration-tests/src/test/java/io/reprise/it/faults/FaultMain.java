package io.reprise.it.faults;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowHandle;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A process to be killed. It starts its workflows, each once however often it is started
 * itself, and waits for them.
 */
final class FaultMain {

	static final int WORKFLOWS = 10;

	static final int STEPS = 20;

	private FaultMain() {
	}

	public static void main(String[] args) {
		ConfigurableApplicationContext context = FaultApplication.start(args[0], Map.of());
		Map<String, Long> before = steps(context);
		WorkflowClient client = context.getBean(WorkflowClient.class);
		System.out.println("ready");
		List<WorkflowHandle<Staircase, Integer>> handles = IntStream.range(0, WORKFLOWS)
			.mapToObj((i) -> client.start(Staircase.class, (w) -> w.run("stairs-" + i, STEPS),
					StartOptions.withId("stairs-" + i).requestId("stairs-" + i)))
			.toList();
		System.out.println("started");
		Thread.ofVirtual().start(() -> reportProgress(context, before));
		handles.forEach((handle) -> System.out.println("result " + handle.workflowId() + " " + handle.result()));
		System.out.println("out of order " + outOfOrder(context));
		System.out.println("distinct " + distinct(context));
		context.close();
		System.out.println("done");
	}

	/** So that the one who kills knows what is under way. */
	private static void reportProgress(ConfigurableApplicationContext context, Map<String, Long> before) {
		long reported = 0;
		Set<String> moved = new HashSet<>();
		while (context.isActive()) {
			Map<String, Long> now = steps(context);
			now.forEach((workflow, steps) -> {
				if ((steps == STEPS || steps > before.getOrDefault(workflow, 0L)) && moved.add(workflow)) {
					System.out.println("moved " + workflow);
				}
			});
			long all = now.values().stream().mapToLong(Long::longValue).sum();
			if (all > reported) {
				System.out.println("progress " + all);
				reported = all;
			}
			Thread.yield();
		}
	}

	private static Map<String, Long> steps(ConfigurableApplicationContext context) {
		Map<String, Long> steps = new HashMap<>();
		context.getBean(JdbcClient.class)
			.sql("select workflow, count(distinct step_number) from step_ledger group by workflow")
			.query((row) -> {
				steps.put(row.getString(1), row.getLong(2));
			});
		return steps;
	}

	private static long distinct(ConfigurableApplicationContext context) {
		return number(context, "select count(distinct idempotency_key) from step_ledger");
	}

	/**
	 * Steps that ran after the next one had begun, though their results were recorded.
	 */
	private static long outOfOrder(ConfigurableApplicationContext context) {
		return number(context, """
				select count(*) from step_ledger earlier join step_ledger later on earlier.workflow = later.workflow
				and later.step_number = earlier.step_number + 1 and earlier.id > later.id""");
	}

	private static long number(ConfigurableApplicationContext context, String sql) {
		return context.getBean(JdbcClient.class).sql(sql).query(Long.class).single();
	}

}
