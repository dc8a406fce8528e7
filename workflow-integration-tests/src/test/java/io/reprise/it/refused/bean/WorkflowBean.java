package io.reprise.it.refused.bean;

import io.reprise.Workflow;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;

/** A workflow that somebody made a bean. */
@SpringBootApplication
public class WorkflowBean {

	@Workflow
	@Component
	static class Greet {

		@Workflow.Run
		public String run() {
			return "hello";
		}

	}

}
