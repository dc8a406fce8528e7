package io.reprise.it.transactions;

import io.reprise.Workflow;

@Workflow
public class Packing {

	private final Warehouse warehouse;

	public Packing(Warehouse warehouse) {
		this.warehouse = warehouse;
	}

	@Workflow.Run
	public String run(String order) {
		return warehouse.pack(order);
	}

}
