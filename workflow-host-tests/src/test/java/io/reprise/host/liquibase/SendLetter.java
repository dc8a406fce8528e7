package io.reprise.host.liquibase;

import io.reprise.ActivityOptions;
import io.reprise.Workflow;

@Workflow
public class SendLetter {

	private final Office office;

	public SendLetter(@ActivityOptions(initialInterval = "10ms") Office office) {
		this.office = office;
	}

	@Workflow.Run
	public String run(String receiver) {
		return office.accept(receiver);
	}

}
