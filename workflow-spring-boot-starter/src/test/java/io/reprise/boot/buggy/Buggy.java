package io.reprise.boot.buggy;

import io.reprise.Workflow;

@Workflow
public class Buggy {

	@Workflow.Run
	public String run() {
		throw new NullPointerException("a bug");
	}

}
