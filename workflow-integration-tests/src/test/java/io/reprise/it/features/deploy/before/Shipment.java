package io.reprise.it.features.deploy.before;

import io.reprise.Workflow;
import io.reprise.Workflows;
import io.reprise.it.features.deploy.Courier;

/**
 * Packs.
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
		String step = courier.pack(id);
		Workflows.await(() -> released);
		return step;
	}

	@Workflow.Signal
	public void release() {
		released = true;
	}

}
