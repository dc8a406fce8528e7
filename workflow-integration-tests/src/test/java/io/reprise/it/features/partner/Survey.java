package io.reprise.it.features.partner;

import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * A workflow in a package that only {@code @WorkflowScan} names.
 */
@Workflow
public class Survey {

	@Workflow.Run
	public String run(String question) {
		return Workflows.info().workflowType() + ": " + question;
	}

}
