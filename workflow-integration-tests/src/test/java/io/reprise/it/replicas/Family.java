package io.reprise.it.replicas;

import java.util.List;

import io.reprise.ActivityOptions;
import io.reprise.ChildOptions;
import io.reprise.ParentClosePolicy;
import io.reprise.Promise;
import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * A parent and its child.
 */
public final class Family {

	private Family() {
	}

	/** Waits for a child, and for an activity beside it. */
	@Workflow("Parent")
	public static class Parent {

		private final Jobs jobs;

		public Parent(@ActivityOptions(startToCloseTimeout = "1h") Jobs jobs) {
			this.jobs = jobs;
		}

		@Workflow.Run
		public List<String> run(String job, ParentClosePolicy policy) {
			Promise<String> child = Workflows
				.async(() -> Workflows.child(Child.class, ChildOptions.withId("child").onParentClose(policy)).run());
			return job.isEmpty() ? List.of(child.get()) : List.of(jobs.perform(job), child.get());
		}

	}

	/** Waits to be told. */
	@Workflow("Child")
	public static class Child {

		private boolean grown;

		@Workflow.Run
		public String run() {
			Workflows.await(() -> grown);
			return "grown";
		}

		@Workflow.Signal
		public void grow() {
			grown = true;
		}

	}

}
