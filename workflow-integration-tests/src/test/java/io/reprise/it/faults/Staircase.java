package io.reprise.it.faults;

import java.time.Duration;

import io.reprise.Workflow;
import io.reprise.Workflows;

/** Takes one step after the other, with a short wait between. */
@Workflow
public class Staircase {

	private final Steps steps;

	private int taken;

	private boolean open = true;

	public Staircase(Steps steps) {
		this.steps = steps;
	}

	@Workflow.Run
	public int run(String name, int count) {
		for (int i = 0; i < count; i++) {
			steps.step(name, i);
			taken++;
			Workflows.sleep(Duration.ofMillis(20));
			Workflows.await(() -> open);
		}
		return taken;
	}

	@Workflow.Signal
	public void gate(boolean opened) {
		open = opened;
	}

	@Workflow.Query
	public int taken() {
		return taken;
	}

}
