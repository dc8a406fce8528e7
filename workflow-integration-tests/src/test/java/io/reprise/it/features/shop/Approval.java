package io.reprise.it.features.shop;

import java.util.ArrayList;
import java.util.List;

import io.reprise.ApplicationFailure;
import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * Waits for somebody to decide.
 */
@Workflow
public class Approval {

	private final List<String> notes = new ArrayList<>();

	private String decision = "";

	@Workflow.Run
	public String run(String what) {
		Workflows.await(() -> !decision.isEmpty());
		if (decision.equals("no")) {
			throw ApplicationFailure.nonRetryable("Refused", what + " refused");
		}
		return what + " " + notes;
	}

	@Workflow.Signal
	public void note(String text) {
		notes.add(text);
	}

	@Workflow.Signal("decide")
	public void decideFor(String yesOrNo) {
		decision = yesOrNo;
	}

	@Workflow.Query
	public List<String> notes() {
		return notes;
	}

	@Workflow.Query("state")
	public String currentState(String prefix) {
		return prefix + (decision.isEmpty() ? "open" : decision);
	}

	@Workflow.Query
	public boolean curious() {
		Workflows.await(() -> !decision.isEmpty());
		return true;
	}

}
