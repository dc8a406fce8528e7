package io.reprise.it.faults;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.WorkflowException;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Activities that write down each time they run, in a transaction of their own.
 */
@Activity
public class Steps {

	private final JdbcClient jdbc;

	Steps(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@ActivityOptions(initialInterval = "50ms")
	public String step(String workflow, int number) {
		jdbc.sql("insert into step_ledger (workflow, step_number, idempotency_key) values (?, ?, ?)")
			.params(workflow, number, Activities.info().idempotencyKey())
			.update();
		return workflow + ":" + number;
	}

	/** As code does that catches an {@code InterruptedException} and goes on. */
	public String interruptItself() {
		boolean interrupted = Thread.currentThread().isInterrupted();
		Thread.currentThread().interrupt();
		return interrupted ? "was interrupted" : "";
	}

	public String blob(int bytes) {
		return "x".repeat(bytes);
	}

	public int length(String text) {
		return text.length();
	}

	public String heartbeat(int bytes) {
		try {
			Activities.heartbeat("x".repeat(bytes));
			return "taken";
		}
		catch (WorkflowException ex) {
			return "refused: " + ex.code();
		}
	}

	@ActivityOptions(startToCloseTimeout = "1m", heartbeatTimeout = "5s")
	public String untilCancelled() throws InterruptedException {
		while (!Activities.cancelled()) {
			new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
		}
		return "cancelled";
	}

}
