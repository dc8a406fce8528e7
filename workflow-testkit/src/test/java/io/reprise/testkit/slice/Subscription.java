package io.reprise.testkit.slice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.reprise.Workflow;
import io.reprise.Workflows;

/** Charges every 30 days until it is cancelled by a signal. */
@Workflow
public class Subscription {

	private final Billing billing;

	private final List<String> receipts = new ArrayList<>();

	private boolean ended;

	public Subscription(Billing billing) {
		this.billing = billing;
	}

	@Workflow.Run
	public List<String> run(String customer, int months) {
		for (int month = 1; month <= months && !ended; month++) {
			receipts.add(billing.charge(customer, month));
			Workflows.await(Duration.ofDays(30), () -> ended);
		}
		return receipts;
	}

	@Workflow.Signal
	public void end() {
		ended = true;
	}

	@Workflow.Query
	public int charged() {
		return receipts.size();
	}

}
