package io.reprise.boot.scan;

import io.reprise.Workflow;

@Workflow
public interface Flow {

	@Workflow.Run
	void run();

}
