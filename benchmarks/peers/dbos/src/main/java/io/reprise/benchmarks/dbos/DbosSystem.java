package io.reprise.benchmarks.dbos;

import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.workflow.WorkflowHandle;
import io.reprise.benchmarks.SystemUnderTest;

/**
 * DBOS, embedded in this JVM.
 */
final class DbosSystem implements SystemUnderTest {

	private static final String TEXT = "order-456";

	private final DBOS dbos;

	private final Sequences sequences;

	private final HikariDataSource dataSource;

	DbosSystem(DBOS dbos, Sequences sequences, HikariDataSource dataSource) {
		this.dbos = dbos;
		this.sequences = sequences;
		this.dataSource = dataSource;
	}

	@Override
	public String name() {
		return "dbos";
	}

	@Override
	public Started start(String id, int activities) {
		WorkflowHandle<String, RuntimeException> handle = dbos.startWorkflow(() -> sequences.pass(activities, TEXT),
				new StartWorkflowOptions(id));
		return () -> check(handle.getResult());
	}

	@Override
	public void startSleeper(String id, Duration time) {
		dbos.startWorkflow(() -> sequences.sleep(id, time.toMillis()), new StartWorkflowOptions(id));
	}

	@Override
	public void close() {
		dbos.close();
		dataSource.close();
	}

	private static void check(String result) {
		if (!TEXT.equals(result)) {
			throw new IllegalStateException("Expected the result %s, but it is %s".formatted(TEXT, result));
		}
	}

}
