package io.reprise.host.flyway;

import io.reprise.ActivityOptions;
import io.reprise.Workflow;

@Workflow
public class SendParcel {

	private final Depot depot;

	public SendParcel(@ActivityOptions(initialInterval = "10ms") Depot depot) {
		this.depot = depot;
	}

	@Workflow.Run
	public String run(String receiver) {
		return depot.accept(receiver);
	}

}
