package io.reprise.it.faults;

import java.time.Duration;

import io.reprise.ActivityOptions;
import io.reprise.Placement;
import io.reprise.Workflow;
import io.reprise.Workflows;

/** Takes one step after the other, every other one locally, with a short wait between. */
@Workflow
public class Staircase {

	private final Steps steps;

	private final Steps localSteps;

	private int taken;

	private boolean open = true;

	public Staircase(Steps steps, @ActivityOptions(placement = Placement.LOCAL) Steps localSteps) {
		this.steps = steps;
		this.localSteps = localSteps;
	}

	@Workflow.Run
	public int run(String name, int count) {
		for (int i = 0; i < count; i++) {
			((i % 2 == 0) ? steps : localSteps).step(name, i);
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
