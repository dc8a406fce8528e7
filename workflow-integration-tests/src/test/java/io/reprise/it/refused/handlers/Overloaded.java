package io.reprise.it.refused.handlers;

import io.reprise.Workflow;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Two signals of one name, and a final one. */
@SpringBootApplication
public class Overloaded {

	@Workflow
	static class Ambiguous {

		@Workflow.Run
		public void run() {
			// Only its signals matter
		}

		@Workflow.Signal
		public void add(String text) {
			// Only its name matters
		}

		@Workflow.Signal
		public void add(int number) {
			// Only its name matters
		}

		@Workflow.Signal
		public final void closed() {
			// Only that it is final matters
		}

	}

}
