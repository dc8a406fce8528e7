package io.reprise.it.refused.types;

import io.reprise.Activity;
import io.reprise.Workflow;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An activity that no stub can stand for. */
@SpringBootApplication
public class NoSubclass {

	@Activity
	static final class Sealed {

		public void call() {
			// Only that its class is final matters
		}

	}

	@Workflow
	static class Caller {

		Caller(Sealed activity) {
			activity.toString();
		}

		@Workflow.Run
		public void run() {
			// Only its constructor matters
		}

	}

}
