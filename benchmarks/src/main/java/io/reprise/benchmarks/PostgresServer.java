package io.reprise.benchmarks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * The PostgreSQL server of a run: native binaries, with everything on the disk before a
 * commit is acknowledged. The integration tests' server is another one, since it gives
 * just that up.
 */
public final class PostgresServer implements AutoCloseable {

	private final EmbeddedPostgres server;

	private final Path data;

	private PostgresServer(EmbeddedPostgres server, Path data) {
		this.server = server;
		this.data = data;
	}

	/**
	 * Starts a server with empty data.
	 * @param home where its binaries and its data go
	 * @param statistics whether it takes the time of each statement, which costs a little
	 * @return the running server
	 */
	public static PostgresServer start(Path home, boolean statistics) {
		Path data = home.toAbsolutePath().resolve("data-" + ProcessHandle.current().pid());
		try {
			EmbeddedPostgres server = EmbeddedPostgres.builder()
				.setOverrideWorkingDirectory(home.toAbsolutePath().toFile())
				.setDataDirectory(data)
				.setCleanDataDirectory(true)
				.setPGStartupWait(Duration.ofMinutes(1))
				.setServerConfig("fsync", "on")
				.setServerConfig("synchronous_commit", "on")
				.setServerConfig("full_page_writes", "on")
				.setServerConfig("max_connections", "100")
				.setServerConfig("shared_buffers", "256MB")
				.setServerConfig("max_wal_size", "4GB")
				.setServerConfig("track_wal_io_timing", "on")
				.setServerConfig("shared_preload_libraries", statistics ? "pg_stat_statements" : "")
				.setServerConfig("pg_stat_statements.track_planning", statistics ? "on" : "off")
				.start();
			return new PostgresServer(server, data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Expected PostgreSQL to start with its data in " + data, ex);
		}
	}

	/**
	 * Creates an empty database.
	 * @param name its name
	 * @return its JDBC address, credentials included
	 * @throws SQLException if it cannot be created
	 */
	public String createDatabase(String name) throws SQLException {
		try (Connection connection = server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		return server.getJdbcUrl("postgres", name);
	}

	/**
	 * What the server says of its version and of the settings that durability rests on.
	 * @return one line
	 * @throws SQLException if it cannot be asked
	 */
	public String describe() throws SQLException {
		return "PostgreSQL %s, fsync=%s, synchronous_commit=%s, full_page_writes=%s, wal_sync_method=%s".formatted(
				show("server_version"), show("fsync"), show("synchronous_commit"), show("full_page_writes"),
				show("wal_sync_method"));
	}

	/**
	 * Drops a database and brings everything to the disk, so that what was left of it
	 * does not burden what comes next.
	 * @param name its name
	 * @throws SQLException if it cannot be dropped
	 */
	public void dropDatabase(String name) throws SQLException {
		try (Connection connection = server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("drop database if exists " + name + " with (force)");
			statement.execute("checkpoint");
		}
	}

	/**
	 * Does at once what would else be done in the background of the next cell: vacuums
	 * and analyses a database, and brings all that any system has written to the disk.
	 * What one cell leaves to another would depend on how much it has done, so that the
	 * fastest would wait the longest.
	 * @param name of the database
	 * @throws SQLException if it cannot be vacuumed
	 * @throws IOException if the machine does not write out
	 */
	void settle(String name) throws SQLException, IOException {
		try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", name));
				Statement statement = connection.createStatement()) {
			statement.execute("vacuum (analyze)");
			statement.execute("checkpoint");
		}
		try {
			new ProcessBuilder("sync").start().waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Expected what was written to come to the disk, but was interrupted");
		}
	}

	/** The server as whoever measures sees it. */
	Database database() {
		return new Database(server.getJdbcUrl("postgres", "postgres"), pid());
	}

	/** The server's first process. */
	private long pid() {
		try {
			return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Expected a running server in " + data, ex);
		}
	}

	@Override
	public void close() {
		try {
			server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Expected PostgreSQL to stop", ex);
		}
	}

	private String show(String setting) throws SQLException {
		try (Connection connection = database().connect();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("show " + setting)) {
			result.next();
			return result.getString(1);
		}
	}

}
