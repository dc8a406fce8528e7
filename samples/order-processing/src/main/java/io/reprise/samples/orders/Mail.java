package io.reprise.samples.orders;

import io.reprise.Activities;
import io.reprise.Activity;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Mail to customers. Some mail servers refuse what they see for the first time and take
 * it at the second attempt ("greylisting").
 */
@Activity
public class Mail {

	private static final String GREYLISTING_DOMAIN = "@grey.example.com";

	private final JdbcClient jdbc;

	Mail(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	public void sendConfirmation(Order order) {
		send(order, "We are packing your order " + order.id());
	}

	public void sendThanks(Order order) {
		send(order, "Your order %s is on its way. Thank you!".formatted(order.id()));
	}

	private void send(Order order, String subject) {
		if (order.email().endsWith(GREYLISTING_DOMAIN) && Activities.info().attempt() == 1) {
			throw new MailRefusedException("450 Greylisted, try again later");
		}
		try {
			jdbc.sql("INSERT INTO shop_mail (idempotency_key, order_id, subject, attempt) VALUES (?, ?, ?, ?)")
				.params(Activities.info().idempotencyKey(), order.id(), subject, Activities.info().attempt())
				.update();
		}
		catch (DuplicateKeyException ex) {
			// An earlier attempt got through.
		}
	}

	static class MailRefusedException extends RuntimeException {

		MailRefusedException(String message) {
			super(message);
		}

	}

}
