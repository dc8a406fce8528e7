package io.reprise.boot.shop;

import io.reprise.ActivityOptions;
import io.reprise.Workflow;
import io.reprise.Workflows;

@Workflow
public class Purchase {

	private final Ledger ledger;

	private final Courier courier;

	private boolean paid;

	public Purchase(@ActivityOptions(initialInterval = "10ms") Ledger ledger,
			@ActivityOptions(initialInterval = "10ms") Courier courier) {
		this.ledger = ledger;
		this.courier = courier;
	}

	@Workflow.Run
	public String run(String article) {
		int entries = ledger.book(article);
		int attempt = courier.deliver();
		Workflows.await(() -> paid);
		return "%s: %d entries, delivered at attempt %d".formatted(article, entries, attempt);
	}

	@Workflow.Signal
	public void pay() {
		paid = true;
	}

}
