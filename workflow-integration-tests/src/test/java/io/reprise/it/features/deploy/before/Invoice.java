package io.reprise.it.features.deploy.before;

import java.util.Locale;

import io.reprise.Workflow;
import io.reprise.it.features.deploy.Courier;

/**
 * Forgets that a customer may have no name.
 */
@Workflow
public class Invoice {

	private final Courier courier;

	public Invoice(Courier courier) {
		this.courier = courier;
	}

	@Workflow.Run
	public String run(String customer) {
		String name = courier.customer(customer);
		return "For " + name.toUpperCase(Locale.ROOT);
	}

}
