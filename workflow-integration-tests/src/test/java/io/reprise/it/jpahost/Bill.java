package io.reprise.it.jpahost;

import io.reprise.ActivityOptions;
import io.reprise.Workflow;

@Workflow
public class Bill {

	private final Invoices invoices;

	public Bill(@ActivityOptions(initialInterval = "10ms") Invoices invoices) {
		this.invoices = invoices;
	}

	@Workflow.Run
	public long run(String customer) {
		return invoices.write(customer);
	}

}
