package io.reprise.host.flyway;

import java.util.concurrent.atomic.AtomicBoolean;

import io.reprise.Activity;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** Fails once, after it has written: the application's transaction undoes it. */
@Activity
public class Depot {

	private final JdbcClient jdbc;

	private final AtomicBoolean failsOnce = new AtomicBoolean(true);

	Depot(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Transactional
	public String accept(String receiver) {
		jdbc.sql("INSERT INTO parcel (receiver) VALUES (?)").param(receiver).update();
		if (failsOnce.compareAndSet(true, false)) {
			throw new IllegalStateException("The parcel must not stay");
		}
		return count("SELECT COUNT(*) FROM parcel WHERE receiver = '" + receiver + "'") + " of "
				+ count("SELECT COUNT(*) FROM parcel");
	}

	private long count(String sql) {
		return jdbc.sql(sql).query(Long.class).single();
	}

}
