package io.reprise.testkit.app;

import java.time.Duration;
import java.util.List;

import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * Keeps what it decides by where no workflow should: a second run of the same code finds
 * it changed.
 */
@Workflow
public class Forgetful {

	private static final List<String> RUNS = new java.util.concurrent.CopyOnWriteArrayList<>();

	private final Payments payments;

	public Forgetful(Payments payments) {
		this.payments = payments;
	}

	@Workflow.Run
	public String run(String customer) {
		RUNS.add(customer);
		if (RUNS.size() % 2 == 1) {
			Workflows.sleep(Duration.ofDays(1));
		}
		return payments.charge(customer, 1);
	}

}
