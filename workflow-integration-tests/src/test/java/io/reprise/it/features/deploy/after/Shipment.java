package io.reprise.it.features.deploy.after;

import io.reprise.Workflow;
import io.reprise.Workflows;
import io.reprise.it.features.deploy.Courier;

/**
 * Weighs where it packed before, without a patch.
 */
@Workflow
public class Shipment {

	private final Courier courier;

	private boolean released;

	public Shipment(Courier courier) {
		this.courier = courier;
	}

	@Workflow.Run
	public String run(String id) {
		String step = courier.weigh(id);
		Workflows.await(() -> released);
		return step;
	}

	@Workflow.Signal
	public void release() {
		released = true;
	}

}
