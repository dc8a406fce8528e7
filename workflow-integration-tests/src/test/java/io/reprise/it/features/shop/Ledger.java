package io.reprise.it.features.shop;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;

import io.reprise.Activities;
import io.reprise.Activity;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/**
 * Bookings in the application's own table. A proxied bean with a dependency.
 */
@Activity
public class Ledger {

	private final JdbcClient jdbc;

	public Ledger(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Transactional
	public String book(String account, BigDecimal amount) {
		String key = Activities.info().idempotencyKey();
		jdbc.sql("insert into ledger (booking_key, account, amount) values (?, ?, ?)")
			.params(key, account, amount)
			.update();
		return "booked " + amount;
	}

	public BigDecimal balance(String account) {
		return jdbc.sql("select coalesce(sum(amount), 0) from ledger where account = ?")
			.param(account)
			.query(BigDecimal.class)
			.single();
	}

	public Instant databaseTime() {
		return jdbc.sql("select current_timestamp")
			.query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
			.single();
	}

}
