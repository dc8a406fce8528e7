package io.reprise.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * The PostgreSQL server of this JVM: native binaries, started when the first test asks,
 * stopped when the JVM ends, with its data under {@code target}. Each test class makes a
 * database of its own, so that classes do not see each other's rows. It sorts texts as
 * people do, not as computers do, like many a server.
 * <p>
 * A crash of the machine would lose data ({@code fsync} is off); a crash of a client does
 * not.
 */
public final class PostgresServer {

	private static final Path HOME = Path.of("target", "postgres").toAbsolutePath();

	private static final ReentrantLock lock = new ReentrantLock();

	private static final AtomicInteger databases = new AtomicInteger();

	private static EmbeddedPostgres server;

	private PostgresServer() {
	}

	/**
	 * Creates an empty database.
	 * @param type the test class that it is for
	 * @return its JDBC address, credentials included
	 */
	public static String createDatabase(Class<?> type) {
		EmbeddedPostgres running = server();
		String name = "%s_%d".formatted(type.getSimpleName(), databases.incrementAndGet()).toLowerCase(Locale.ROOT);
		try (Connection connection = running.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name + " template template0 locale_provider icu icu_locale 'en-US'");
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Expected to create database " + name, ex);
		}
		return running.getJdbcUrl("postgres", name);
	}

	/**
	 * Opens a pool like an application's.
	 * @param url the database
	 * @return the pool; the caller closes it
	 */
	public static HikariDataSource openPool(String url) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(url);
		pool.setMaximumPoolSize(10);
		pool.setMinimumIdle(0);
		return pool;
	}

	/**
	 * Where the server's programs are, for tests that run a server of their own.
	 * @return the directory that holds {@code bin}
	 */
	public static Path programs() {
		server();
		try (Stream<Path> files = Files.list(HOME)) {
			return files.filter((file) -> file.getFileName().toString().startsWith("PG-") && Files.isDirectory(file))
				.max(Comparator.comparing((file) -> file.toFile().lastModified()))
				.orElseThrow();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Expected PostgreSQL's programs in " + HOME, ex);
		}
	}

	private static EmbeddedPostgres server() {
		lock.lock();
		try {
			if (server == null) {
				server = start();
			}
			return server;
		}
		finally {
			lock.unlock();
		}
	}

	private static EmbeddedPostgres start() {
		try {
			return EmbeddedPostgres.builder()
				.setOverrideWorkingDirectory(HOME.toFile())
				.setDataDirectory(HOME.resolve("data-" + ProcessHandle.current().pid()))
				.setCleanDataDirectory(true)
				.setPGStartupWait(Duration.ofMinutes(1))
				.setServerConfig("fsync", "off")
				.setServerConfig("synchronous_commit", "off")
				.setServerConfig("full_page_writes", "off")
				.setServerConfig("max_connections", "200")
				.setServerConfig("shared_buffers", "64MB")
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Expected PostgreSQL to start with its data in " + HOME, ex);
		}
	}

}
