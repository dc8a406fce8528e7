package io.reprise.it.refused.twins;

import io.reprise.Workflow;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Two classes with one name. */
@SpringBootApplication
public class Twins {

	@Workflow("Twin")
	static class Castor {

		@Workflow.Run
		public void run() {
			// Only its name matters
		}

	}

	@Workflow("Twin")
	static class Pollux {

		@Workflow.Run
		public void run() {
			// Only its name matters
		}

	}

}
