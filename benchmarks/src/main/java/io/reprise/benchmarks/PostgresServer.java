package io.reprise.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * The PostgreSQL server of a run: native binaries, with everything on the disk before a
 * commit is acknowledged. The integration tests' server is another one, since it gives
 * just that up.
 */
public final class PostgresServer implements AutoCloseable {

	private static final String STATEMENTS = """
			select calls, rows, total_exec_time, mean_exec_time * 1000, wal_bytes, plans, total_plan_time,
			left(regexp_replace(query, '\\s+', ' ', 'g'), 110)
			from pg_stat_statements order by total_exec_time + total_plan_time desc limit 15""";

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
	 * Opens a connection for looking at the server.
	 * @return the connection; the caller closes it
	 * @throws SQLException if it cannot be opened
	 */
	public Connection connect() throws SQLException {
		return DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
	}

	/**
	 * Forgets the times of statements so far.
	 * @throws SQLException if the server was started without them
	 */
	public void resetStatements() throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute("create extension if not exists pg_stat_statements");
			statement.execute("select pg_stat_statements_reset()");
		}
	}

	/**
	 * The statements that took the most time.
	 * @return one line for each
	 * @throws SQLException if the server was started without them
	 */
	public List<String> statements() throws SQLException {
		List<String> lines = new ArrayList<>();
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(STATEMENTS)) {
			while (row.next()) {
				lines.add("%9d calls %9d rows %9.1f ms %8.2f us each %10d bytes WAL %7d plans %9.1f ms  %s".formatted(
						row.getLong(1), row.getLong(2), row.getDouble(3), row.getDouble(4), row.getLong(5),
						row.getLong(6), row.getDouble(7), row.getString(8)));
			}
		}
		return lines;
	}

	/**
	 * The server's first process.
	 * @return its id
	 */
	public long pid() {
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
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("show " + setting)) {
			result.next();
			return result.getString(1);
		}
	}

}
