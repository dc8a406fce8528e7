package io.reprise.boot.shop;

import java.util.concurrent.atomic.AtomicBoolean;

import io.reprise.Activity;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** Books in a transaction of the application. */
@Activity
public class Ledger {

	private final JdbcTemplate jdbc;

	private final AtomicBoolean failsOnce = new AtomicBoolean(true);

	Ledger(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
		jdbc.execute("CREATE TABLE IF NOT EXISTS ledger(entry VARCHAR(100))");
	}

	@Transactional
	public int book(String entry) {
		jdbc.update("INSERT INTO ledger VALUES (?)", entry);
		if (failsOnce.compareAndSet(true, false)) {
			throw new IllegalStateException("The entry must not stay");
		}
		return jdbc.queryForObject("SELECT COUNT(*) FROM ledger WHERE entry = ?", Integer.class, entry);
	}

}
