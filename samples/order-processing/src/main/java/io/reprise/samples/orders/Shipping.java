package io.reprise.samples.orders;

import java.time.Duration;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.ApplicationFailure;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The carrier, who goes everywhere but to Antarctica.
 */
@Activity
public class Shipping {

	static final String UNDELIVERABLE = "Undeliverable";

	private static final String ANTARCTICA = "AQ";

	private final JdbcClient jdbc;

	private final ShopProperties properties;

	Shipping(JdbcClient jdbc, ShopProperties properties) {
		this.jdbc = jdbc;
		this.properties = properties;
	}

	/**
	 * Asks when the carrier comes.
	 */
	public Duration bookPickup(Order order) {
		if (order.country().equals(ANTARCTICA)) {
			throw ApplicationFailure.nonRetryable(UNDELIVERABLE, "The carrier does not deliver to Antarctica");
		}
		return properties.untilPickup();
	}

	public void handOver(Order order) {
		try {
			jdbc.sql("INSERT INTO shop_shipment (idempotency_key, order_id) VALUES (?, ?)")
				.params(Activities.info().idempotencyKey(), order.id())
				.update();
		}
		catch (DuplicateKeyException ex) {
			// An earlier attempt got through.
		}
	}

}
