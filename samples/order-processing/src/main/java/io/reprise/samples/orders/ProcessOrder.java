package io.reprise.samples.orders;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import io.reprise.ActivityOptions;
import io.reprise.ApplicationFailure;
import io.reprise.RecordedFailure;
import io.reprise.Workflow;
import io.reprise.Workflows;
import io.reprise.samples.orders.Outcome.Result;

/**
 * What happens to an order, from the charge to the parcel. Whatever crashes, an order
 * that was started comes to its end: it is shipped, or all that was done for it is
 * undone.
 */
@Workflow("ProcessOrder")
public class ProcessOrder {

	private final Payments payments;

	private final Inventory inventory;

	private final Mail mail;

	private final Shipping shipping;

	private final Deque<Runnable> compensations = new ArrayDeque<>();

	private String status = "received";

	private String receipt = "";

	private boolean onHold;

	public ProcessOrder(@ActivityOptions(startToCloseTimeout = "10s", initialInterval = "200ms") Payments payments,
			Inventory inventory, Mail mail, Shipping shipping) {
		this.payments = payments;
		this.inventory = inventory;
		this.mail = mail;
		this.shipping = shipping;
	}

	@Workflow.Run
	public Outcome run(Order order) {
		try {
			// Detached: a cancelled order finishes the steps it has begun.
			Workflows.detachedScope(() -> prepare(order));
			awaitCarrier(order);
			Workflows.detachedScope(() -> ship(order));
			return new Outcome(order.id(), Result.SHIPPED, receipt);
		}
		catch (RecordedFailure failure) {
			status = "undoing";
			Workflows.detachedScope(() -> compensations.forEach(Runnable::run));
			status = "undone";
			return unfulfilled(order, failure);
		}
	}

	private void prepare(Order order) {
		status = "charging the card";
		receipt = payments.charge(order);
		compensations.push(() -> payments.refund(order));

		status = "reserving the goods";
		inventory.reserve(order);
		compensations.push(() -> inventory.putBack(order));

		status = "confirming the order";
		mail.sendConfirmation(order);
	}

	private void awaitCarrier(Order order) {
		status = "waiting for the carrier";
		Duration untilPickup = shipping.bookPickup(order);
		Workflows.sleep(untilPickup);
		Workflows.await(() -> !onHold);
	}

	private void ship(Order order) {
		status = "shipping";
		shipping.handOver(order);
		if (Workflows.patched("thank-you-mail")) {
			mail.sendThanks(order);
		}
		status = "shipped";
	}

	private static Outcome unfulfilled(Order order, RecordedFailure failure) {
		if (failure.getCause() instanceof ApplicationFailure reason) {
			Result result = switch (reason.type()) {
				case Payments.CARD_DECLINED -> Result.CARD_DECLINED;
				case Inventory.SOLD_OUT -> Result.SOLD_OUT;
				case Shipping.UNDELIVERABLE -> Result.UNDELIVERABLE;
				default -> throw failure;
			};
			return new Outcome(order.id(), result, String.valueOf(reason.getMessage()));
		}
		throw failure;
	}

	@Workflow.Query
	public String status() {
		return onHold ? "on hold, " + status : status;
	}

	@Workflow.Signal
	public void hold() {
		onHold = true;
	}

	@Workflow.Signal
	public void release() {
		onHold = false;
	}

}
