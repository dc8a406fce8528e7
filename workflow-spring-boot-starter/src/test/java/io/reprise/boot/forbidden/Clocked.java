package io.reprise.boot.forbidden;

import java.time.Instant;

import io.reprise.Workflow;

@Workflow
public class Clocked {

	@Workflow.Run
	public String run() {
		return Instant.now().toString();
	}

}
