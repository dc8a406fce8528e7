package io.reprise.boot.scan.below;

import io.reprise.Workflow;

@Workflow
public class BelowFlow {

	@Workflow.Run
	public void run() {
		// Only its annotation matters
	}

}
