package io.reprise.benchmarks.reprise;

import io.reprise.Workflow;

/**
 * Calls no-op activities, one after the other, and tells how many it has called.
 */
@Workflow("LongSequence")
public class LongSequence {

	/** Scheduled, completed, and the marker of the turn that saw the result. */
	static final int EVENTS_EACH = 3;

	private final Steps steps;

	private int passed;

	LongSequence(Steps steps) {
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
		while (passed < activities) {
			last = steps.pass(last);
			passed++;
		}
		return last;
	}

	/**
	 * How far it has got.
	 * @return activities that have ended
	 */
	@Workflow.Query
	public int passed() {
		return passed;
	}

}
