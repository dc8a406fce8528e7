package io.reprise.samples.orders;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.ApplicationFailure;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/**
 * The goods on the shelf. Each change of the stock commits together with the reservation
 * that explains it, so a repeated attempt sees what the first one did.
 */
@Activity
@Transactional
public class Inventory {

	static final String SOLD_OUT = "SoldOut";

	private final JdbcClient jdbc;

	Inventory(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	public void reserve(Order order) {
		String key = Activities.info().idempotencyKey();
		if (isReserved(key)) {
			return;
		}
		if (!takeFromStock(order.sku(), order.quantity())) {
			throw ApplicationFailure.nonRetryable(SOLD_OUT, "%s is sold out".formatted(order.item()));
		}
		jdbc.sql("INSERT INTO shop_reservation (idempotency_key, order_id, sku, quantity) VALUES (?, ?, ?, ?)")
			.params(key, order.id(), order.sku(), order.quantity())
			.update();
	}

	public void putBack(Order order) {
		int reservations = jdbc.sql("DELETE FROM shop_reservation WHERE order_id = ?").param(order.id()).update();
		if (reservations > 0) {
			takeFromStock(order.sku(), -order.quantity());
		}
	}

	private boolean isReserved(String key) {
		return jdbc.sql("SELECT 1 FROM shop_reservation WHERE idempotency_key = ?")
			.param(key)
			.query()
			.optionalValue()
			.isPresent();
	}

	private boolean takeFromStock(String sku, int quantity) {
		return jdbc.sql("UPDATE shop_stock SET on_hand = on_hand - :quantity WHERE sku = :sku AND on_hand >= :quantity")
			.param("sku", sku)
			.param("quantity", quantity)
			.update() == 1;
	}

}
