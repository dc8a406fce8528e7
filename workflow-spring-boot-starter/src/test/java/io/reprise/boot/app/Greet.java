package io.reprise.boot.app;

import io.reprise.Workflow;

@Workflow
public class Greet {

	private final Greetings greetings;

	private String state = "new";

	public Greet(Greetings greetings) {
		this.greetings = greetings;
	}

	@Workflow.Run
	public String run(String name) {
		state = "greeting";
		String greeting = greetings.greet(name);
		state = "done";
		return greeting;
	}

	@Workflow.Query
	public String state() {
		return state;
	}

}
