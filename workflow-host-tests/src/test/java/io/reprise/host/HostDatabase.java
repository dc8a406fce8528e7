package io.reprise.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** Where an application keeps its own tables and those of workflows. */
public enum HostDatabase {

	/** A file under {@code target}. */
	H2 {
		@Override
		String create() {
			Path file = Path.of("target", "hosts", UUID.randomUUID().toString()).toAbsolutePath();
			return "jdbc:h2:file:" + file + ";USER=sa;DB_CLOSE_ON_EXIT=FALSE";
		}
	},

	/** The real server. */
	POSTGRES {
		@Override
		String create() {
			EmbeddedPostgres running = server();
			String name = "host_" + UUID.randomUUID().toString().replace('-', '_');
			try (Connection connection = running.getPostgresDatabase().getConnection();
					Statement statement = connection.createStatement()) {
				statement.execute("create database " + name);
			}
			catch (SQLException ex) {
				throw new IllegalStateException("Expected to create database " + name, ex);
			}
			return running.getJdbcUrl("postgres", name);
		}
	};

	private static final ReentrantLock lock = new ReentrantLock();

	private static EmbeddedPostgres server;

	/**
	 * Makes an empty database.
	 * @return its JDBC address, credentials included
	 */
	abstract String create();

	/** Started when first asked for; it ends with the JVM. */
	private static EmbeddedPostgres server() {
		lock.lock();
		try {
			if (server == null) {
				server = EmbeddedPostgres.builder()
					.setOverrideWorkingDirectory(Path.of("target", "postgres").toAbsolutePath().toFile())
					.setServerConfig("fsync", "off")
					.setServerConfig("synchronous_commit", "off")
					.start();
			}
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Expected PostgreSQL to start", ex);
		}
		finally {
			lock.unlock();
		}
	}

}
