package io.reprise.boot.scan;

import io.reprise.Workflow;

@Workflow
public abstract class AbstractFlow {

	@Workflow.Run
	public void run() {
		// Only its annotation matters
	}

}
