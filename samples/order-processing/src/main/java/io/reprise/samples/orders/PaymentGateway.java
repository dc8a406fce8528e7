package io.reprise.samples.orders;

import java.math.BigDecimal;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stands for the payment provider, and behaves as providers do: it declines some cards,
 * and at times it charges a card and the answer gets lost. A request whose key it knows
 * changes nothing and gets the answer of the first. Its ledger has a row per charge; only
 * the key is unique, not the order.
 */
@Component
class PaymentGateway {

	private static final String DECLINED_CARD = "test-declined";

	private static final String SLOW_CARD = "test-slow";

	private final JdbcClient jdbc;

	PaymentGateway(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	boolean charge(String key, String orderId, String card, BigDecimal amount) {
		boolean accepted = !card.equals(DECLINED_CARD);
		if (!isKnown(key)) {
			jdbc.sql("INSERT INTO shop_payment (idempotency_key, order_id, amount, accepted) VALUES (?, ?, ?, ?)")
				.params(key, orderId, amount, accepted)
				.update();
			if (card.equals(SLOW_CARD)) {
				throw new GatewayTimeoutException("No answer from the gateway about order '%s'".formatted(orderId));
			}
		}
		return accepted;
	}

	private boolean isKnown(String key) {
		return jdbc.sql("UPDATE shop_payment SET requests = requests + 1 WHERE idempotency_key = ?")
			.param(key)
			.update() > 0;
	}

	void refund(String key, String orderId, BigDecimal amount) {
		try {
			jdbc.sql("INSERT INTO shop_refund (idempotency_key, order_id, amount) VALUES (?, ?, ?)")
				.params(key, orderId, amount)
				.update();
		}
		catch (DuplicateKeyException ex) {
			// An earlier attempt got through.
		}
	}

	static class GatewayTimeoutException extends RuntimeException {

		GatewayTimeoutException(String message) {
			super(message);
		}

	}

}
