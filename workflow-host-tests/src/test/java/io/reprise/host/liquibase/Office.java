package io.reprise.host.liquibase;

import java.util.concurrent.atomic.AtomicBoolean;

import io.reprise.Activity;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** Fails once, after it has written: the application's transaction undoes it. */
@Activity
public class Office {

	private final JdbcClient jdbc;

	private final AtomicBoolean failsOnce = new AtomicBoolean(true);

	Office(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Transactional
	public String accept(String receiver) {
		jdbc.sql("INSERT INTO letter (receiver) VALUES (?)").param(receiver).update();
		if (failsOnce.compareAndSet(true, false)) {
			throw new IllegalStateException("The letter must not stay");
		}
		return count("SELECT COUNT(*) FROM letter WHERE receiver = '" + receiver + "'") + " of "
				+ count("SELECT COUNT(*) FROM letter");
	}

	private long count(String sql) {
		return jdbc.sql(sql).query(Long.class).single();
	}

}
