package io.reprise.benchmarks.dbos;

import java.time.Duration;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.workflow.StepOptions;
import dev.dbos.transact.workflow.Workflow;
import io.reprise.benchmarks.SleepLog;

/**
 * The workflows themselves.
 */
final class DbosSequences implements Sequences {

	private static final StepOptions STEP = new StepOptions("pass");

	private final DBOS dbos;

	DbosSequences(DBOS dbos) {
		this.dbos = dbos;
	}

	@Override
	@Workflow(name = "pass")
	public String pass(int steps, String text) {
		String last = text;
		for (int i = 0; i < steps; i++) {
			String input = last;
			last = dbos.<String, RuntimeException>runStep(() -> input, STEP);
		}
		return last;
	}

	@Override
	@Workflow(name = "sleep")
	public void sleep(String id, long millis) {
		SleepLog.current().calls(id);
		dbos.sleep(Duration.ofMillis(millis));
		SleepLog.current().wakes(id);
	}

}
