package io.reprise.testkit.app;

import io.reprise.ActivityOptions;
import io.reprise.Placement;
import io.reprise.Workflow;

/**
 * Sends a mail from its own worker.
 */
@Workflow
public class Reminder {

	private final Mails mails;

	public Reminder(@ActivityOptions(placement = Placement.LOCAL, startToCloseTimeout = "10s",
			maximumAttempts = 3) Mails mails) {
		this.mails = mails;
	}

	@Workflow.Run
	public String run(String customer) {
		return mails.send("Remember, " + customer);
	}

}
