package io.reprise.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/**
 * A PostgreSQL server that a test may start late, stop hard and start again. Unlike
 * {@link PostgresServer} it writes to the disk before it acknowledges, as in production.
 * Not safe for use by several threads.
 */
public final class PostgresInstance implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final Path home;

	private final SmallDisk disk;

	private final Path data;

	private final int port = freePort();

	private final List<String> settings;

	private Process server;

	private PostgresInstance(Path home, SmallDisk disk, List<String> settings) {
		this.home = home;
		this.disk = disk;
		this.settings = settings;
		data = ((disk != null) ? disk.directory() : home).resolve("data");
	}

	/**
	 * Makes a server that does not run yet.
	 * @param settings settings of the server, as {@code name=value}
	 * @return the server
	 */
	public static PostgresInstance create(String... settings) {
		return initialize(newHome(), null, List.of(settings));
	}

	/**
	 * Makes a server whose data are on a disk of their own.
	 * @param disk the disk; closed with the server
	 * @param settings settings of the server, as {@code name=value}
	 * @return the server
	 */
	public static PostgresInstance createOn(SmallDisk disk, String... settings) {
		return initialize(newHome(), disk, List.of(settings));
	}

	private static PostgresInstance initialize(Path home, SmallDisk disk, List<String> settings) {
		PostgresInstance instance = new PostgresInstance(home, disk, settings);
		Process process = instance.launch("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF-8",
				"--no-locale", "--no-sync", "--wal-segsize=1", "--pgdata=" + instance.data);
		if (!hasEnded(process) || process.exitValue() != 0) {
			throw new IllegalStateException("Expected initdb to succeed, but it did not: " + instance.log());
		}
		return instance;
	}

	private static Path newHome() {
		try {
			Path parent = Path.of("target", "postgres").toAbsolutePath();
			return Files.createDirectories(parent.resolve("own-" + UUID.randomUUID()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The database that each server has.
	 * @return its JDBC address, credentials included
	 */
	public String url() {
		return url("postgres");
	}

	/**
	 * Creates a database; the server has to run.
	 * @param name its name
	 * @return its JDBC address, credentials included
	 */
	public String createDatabase(String name) {
		Sql.update(url(), "create database " + name);
		return url(name);
	}

	private String url(String database) {
		return "jdbc:postgresql://localhost:%d/%s?user=postgres&reWriteBatchedInserts=true".formatted(port, database);
	}

	/** Starts it and waits until it answers. */
	public void start() {
		List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", String.valueOf(port)));
		List<String> all = new ArrayList<>(List.of("listen_addresses=localhost", "unix_socket_directories=",
				"max_connections=60", "shared_buffers=32MB", "fsync=on", "synchronous_commit=on"));
		all.addAll(settings);
		all.forEach((setting) -> arguments.addAll(List.of("-c", setting)));
		server = launch("postgres", arguments.toArray(String[]::new));
		Awaitility.await("PostgreSQL at " + port).atMost(PATIENCE).until(() -> isAnswering() || !server.isAlive());
		if (!server.isAlive()) {
			throw new IllegalStateException("Expected PostgreSQL to start, but it ended: " + log());
		}
	}

	/**
	 * Whether the server runs.
	 * @return {@code false} if it was stopped or has given up
	 */
	public boolean isRunning() {
		return server != null && server.isAlive();
	}

	/** Stops it without a checkpoint, as {@code pg_ctl stop -m immediate} does. */
	public void stopAtOnce() {
		signal("QUIT");
		awaitEnd();
	}

	/** Kills it with all its processes, as the loss of its machine would. */
	public void kill() {
		List<ProcessHandle> family = new ArrayList<>(server.descendants().toList());
		signal("STOP");
		family.forEach(ProcessHandle::destroyForcibly);
		server.destroyForcibly();
		awaitEnd();
		Awaitility.await().atMost(PATIENCE).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
	}

	private void signal(String name) {
		run("kill", "-" + name, String.valueOf(server.pid()));
	}

	private void awaitEnd() {
		if (!hasEnded(server)) {
			throw new IllegalStateException("Expected PostgreSQL to end, but it runs on: " + log());
		}
	}

	@Override
	public void close() {
		if (isRunning()) {
			stopAtOnce();
		}
		if (disk != null) {
			disk.close();
		}
	}

	private boolean isAnswering() {
		try (Connection connection = DriverManager.getConnection(url() + "&connectTimeout=2");
				Statement statement = connection.createStatement()) {
			return statement.execute("select 1");
		}
		catch (SQLException ex) {
			return false;
		}
	}

	private String log() {
		try {
			List<String> lines = Files.readAllLines(home.resolve("log"));
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private Process launch(String program, String... arguments) {
		List<String> command = new ArrayList<>();
		if (disk != null) {
			command.addAll(disk.enter());
		}
		if (disk != null || "root".equals(System.getProperty("user.name"))) {
			// PostgreSQL refuses to run as root, also as that of a namespace
			command.addAll(List.of("unshare", "-U"));
		}
		command.add(PostgresServer.programs().resolve("bin").resolve(program).toString());
		command.addAll(List.of(arguments));
		try {
			return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Expected to start " + program, ex);
		}
	}

	private static void run(String... command) {
		try {
			hasEnded(new ProcessBuilder(command).inheritIO().start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Expected to run " + command[0], ex);
		}
	}

	private static boolean hasEnded(Process process) {
		try {
			return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
