package io.reprise.it.features.shop;

import java.math.BigDecimal;

import io.reprise.ActivityOptions;
import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * A workflow class with a name of its own, and stubs of a class and of an interface.
 */
@Workflow("ProcessOrder")
public class OrderProcess {

	private final Ledger ledger;

	private final Mailer mailer;

	private String status = "new";

	public OrderProcess(@ActivityOptions(maximumAttempts = 3) Ledger ledger, Mailer mailer) {
		this.ledger = ledger;
		this.mailer = mailer;
	}

	@Workflow.Run
	public String run(String orderId, BigDecimal amount) {
		status = "charging";
		String receipt = ledger.book(orderId, amount);
		BigDecimal balance = Workflows.activity("Ledger.balance", BigDecimal.class, orderId);
		status = "mailing";
		String mail = mailer.send(orderId, receipt);
		status = "done";
		return "%s, balance %s, %s".formatted(receipt, balance, mail);
	}

	@Workflow.Query
	public String status() {
		return status;
	}

}
