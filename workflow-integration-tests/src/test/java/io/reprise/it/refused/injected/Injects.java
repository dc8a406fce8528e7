package io.reprise.it.refused.injected;

import io.reprise.Workflow;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;

/** A bean that takes a workflow for a bean. */
@SpringBootApplication
public class Injects {

	@Workflow
	static class Greet {

		@Workflow.Run
		public String run() {
			return "hello";
		}

	}

	@Component
	static class Greeter {

		Greeter(Greet greet) {
			greet.run();
		}

	}

}
