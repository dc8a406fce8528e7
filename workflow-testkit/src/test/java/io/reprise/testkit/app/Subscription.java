package io.reprise.testkit.app;

import java.time.Duration;

import io.reprise.ActivityOptions;
import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * Charges a customer every thirty days and says good-bye in the end.
 */
@Workflow
public class Subscription {

	private final Payments payments;

	private final Mails mails;

	private int months;

	private boolean stopped;

	public Subscription(@ActivityOptions(startToCloseTimeout = "10s", maximumAttempts = 3) Payments payments,
			Mails mails) {
		this.payments = payments;
		this.mails = mails;
	}

	@Workflow.Run
	public String run(String customer, int maximum) {
		while (months < maximum && !stopped) {
			payments.charge(customer, months + 1);
			months++;
			Workflows.await(Duration.ofDays(30), () -> stopped);
		}
		return mails.send(customer + " stayed " + months + " months");
	}

	@Workflow.Query
	public int months() {
		return months;
	}

	@Workflow.Signal
	public void stop() {
		stopped = true;
	}

}
