package io.reprise.benchmarks.reprise;

import io.reprise.ActivityOptions;
import io.reprise.Placement;
import io.reprise.Workflow;

/**
 * Calls no-op activities in its own worker, one after the other.
 */
@Workflow("LocalSequence")
public class LocalSequence {

	private final Steps steps;

	LocalSequence(@ActivityOptions(placement = Placement.LOCAL) Steps steps) {
		this.steps = steps;
	}

	/**
	 * Calls them.
	 * @param activities how many
	 * @param text what goes into the first
	 * @return what came out of the last
	 */
	@Workflow.Run
	public String run(int activities, String text) {
		String last = text;
		for (int i = 0; i < activities; i++) {
			last = steps.pass(last);
		}
		return last;
	}

}
