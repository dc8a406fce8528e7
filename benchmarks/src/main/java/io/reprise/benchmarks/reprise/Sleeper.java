package io.reprise.benchmarks.reprise;

import java.time.Duration;

import io.reprise.Workflow;
import io.reprise.Workflows;
import io.reprise.benchmarks.SleepLog;

/**
 * Sleeps once. That it reads a clock by way of the log changes nothing of what it does.
 */
@Workflow("Sleeper")
public class Sleeper {

	/**
	 * Sleeps.
	 * @param id its workflow id
	 * @param millis how long
	 */
	@Workflow.Run
	public void run(String id, long millis) {
		SleepLog.current().calls(id);
		Workflows.sleep(Duration.ofMillis(millis));
		SleepLog.current().wakes(id);
	}

}
