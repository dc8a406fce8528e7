package io.reprise.boot.scan;

import io.reprise.Workflow;

/** Holds a workflow, and somebody's fake of one. */
public class Holder {

	/** A fake that is no candidate. */
	public final Flow anonymous = new Flow() {

		@Override
		public void run() {
			// Only its type matters
		}

	};

	@Workflow
	public static class Nested {

		@Workflow.Run
		public void run() {
			// Only its annotation matters
		}

	}

}
