package io.reprise.it.faults;

import io.reprise.Workflow;

/** Calls activities that interrupt themselves, one after the other. */
@Workflow
public class Interrupting {

	private final Steps steps;

	public Interrupting(Steps steps) {
		this.steps = steps;
	}

	@Workflow.Run
	public String run() {
		return steps.interruptItself() + steps.interruptItself() + steps.interruptItself();
	}

}
