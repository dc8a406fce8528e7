package io.reprise.it;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.jpa.JpaPersistence;
import io.reprise.jpa.JpaSettings;
import io.reprise.spi.HistoryStore;

import static org.awaitility.Awaitility.await;

/**
 * A database with the tables of workflows, shared by the tests of a class, each of which
 * finds it empty.
 */
final class JpaDatabase implements AutoCloseable {

	private static final List<String> TABLES = List.of("workflow_inbox", "workflow_snapshot", "workflow_history",
			"workflow_execution", "workflow_node");

	private final HikariDataSource pool;

	private final JpaPersistence persistence;

	JpaDatabase(HikariDataSource pool) {
		this.pool = pool;
		this.persistence = new JpaPersistence(pool, JpaSettings.defaults());
		persistence.historyStore().open();
	}

	HikariDataSource pool() {
		return pool;
	}

	JpaPersistence persistence() {
		return persistence;
	}

	/** Removes all rows. */
	void clear() {
		try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
			for (String table : TABLES) {
				statement.execute("delete from " + table);
			}
			if (!connection.getAutoCommit()) {
				connection.commit();
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Expected to empty the tables", ex);
		}
	}

	/** Waits until a time has passed by the clock of a database. */
	static void letPass(HistoryStore store, Duration duration) {
		Instant end = store.now().plus(duration);
		await().atMost(duration.plusSeconds(30))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> store.now().isAfter(end));
	}

	@Override
	public void close() {
		persistence.close();
		pool.close();
	}

}
