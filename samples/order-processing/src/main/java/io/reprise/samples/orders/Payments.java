package io.reprise.samples.orders;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.ApplicationFailure;

/**
 * Takes the customers' money and gives it back.
 */
@Activity
public class Payments {

	static final String CARD_DECLINED = "CardDeclined";

	private final PaymentGateway gateway;

	Payments(PaymentGateway gateway) {
		this.gateway = gateway;
	}

	/**
	 * Charges the card. A time-out of the gateway is retried with the same key, so the
	 * card is charged once even if an earlier request got through.
	 */
	public String charge(Order order) {
		boolean charged = gateway.charge(Activities.info().idempotencyKey(), order.id(), order.card(), order.amount());
		if (!charged) {
			throw ApplicationFailure.nonRetryable(CARD_DECLINED, "Card declined");
		}
		return "Charged $" + order.amount();
	}

	public void refund(Order order) {
		gateway.refund(Activities.info().idempotencyKey(), order.id(), order.amount());
	}

}
