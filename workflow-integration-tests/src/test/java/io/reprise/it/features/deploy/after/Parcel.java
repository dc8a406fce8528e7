package io.reprise.it.features.deploy.after;

import java.util.ArrayList;
import java.util.List;

import io.reprise.Workflow;
import io.reprise.Workflows;
import io.reprise.it.features.deploy.Courier;

/**
 * Insures what old runs did not.
 */
@Workflow
public class Parcel {

	private final Courier courier;

	private final List<String> steps = new ArrayList<>();

	private boolean released;

	public Parcel(Courier courier) {
		this.courier = courier;
	}

	@Workflow.Run
	public String run(String id) {
		steps.add(courier.pack(id));
		if (Workflows.patched("insurance")) {
			steps.add(courier.insure(id));
		}
		Workflows.await(() -> released);
		steps.add(courier.ship(id));
		return String.join(", ", steps);
	}

	@Workflow.Signal
	public void release() {
		released = true;
	}

	@Workflow.Query
	public List<String> steps() {
		return steps;
	}

}
