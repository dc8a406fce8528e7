package io.reprise.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * What the database alone reaches: transactions of one inserted row each, over two
 * connections.
 *
 * @param perSecond transactions per second
 * @param cpuPerThousand CPU seconds of all processes for 1,000 of them
 */
record Floor(double perSecond, double cpuPerThousand) {

	private static final String NAME = "floor";

	private static final int CONNECTIONS = 2;

	private static final int ROW_BYTES = 200;

	/**
	 * How long one transaction takes on its connection.
	 * @return milliseconds
	 */
	double millis() {
		return 1_000 * CONNECTIONS / perSecond;
	}

	/**
	 * Measures it.
	 * @param server where
	 * @param warmUp time that is not measured
	 * @param measured time that is
	 * @return the floor
	 * @throws Exception if the database fails
	 */
	static Floor measure(PostgresServer server, Duration warmUp, Duration measured) throws Exception {
		String url = server.createDatabase(NAME);
		try {
			return measure(server, url, warmUp, measured);
		}
		finally {
			server.dropDatabase(NAME);
		}
	}

	/**
	 * A value by the same of the floor.
	 * @param reading the value
	 * @return the ratio, {@code null} where there is nothing to compare with
	 */
	@Nullable Double ratio(Reading reading) {
		return switch (reading.scale()) {
			case RATE -> reading.value() / perSecond;
			case LATENCY -> reading.value() / millis();
			case CPU -> reading.value() / cpuPerThousand;
			case NONE -> null;
		};
	}

	private static Floor measure(PostgresServer server, String url, Duration warmUp, Duration measured)
			throws Exception {
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement()) {
			statement.execute("create table floor_row (id bigint primary key, content bytea not null)");
		}
		AtomicLong ids = new AtomicLong();
		// Open until the end: what an ended process used is booked a little later.
		try (Connection one = DriverManager.getConnection(url); Connection two = DriverManager.getConnection(url)) {
			List<Connection> connections = List.of(one, two);
			insert(connections, ids, warmUp);
			Usage before = Usage.now(server.database(), List.of());
			long began = System.nanoTime();
			long count = insert(connections, ids, measured);
			double seconds = (System.nanoTime() - began) / 1e9;
			Usage used = Usage.now(server.database(), List.of()).since(before);
			return new Floor(count / seconds, used.cpu() * 1_000 / count);
		}
	}

	private static long insert(List<Connection> connections, AtomicLong ids, Duration time)
			throws InterruptedException, ExecutionException {
		long deadline = System.nanoTime() + time.toNanos();
		try (ExecutorService executor = Executors.newFixedThreadPool(connections.size())) {
			List<Future<Long>> counts = new ArrayList<>();
			for (Connection connection : connections) {
				counts.add(executor.submit(() -> insertUntil(connection, ids, deadline)));
			}
			long sum = 0;
			for (Future<Long> count : counts) {
				sum += count.get();
			}
			return sum;
		}
	}

	private static long insertUntil(Connection connection, AtomicLong ids, long deadline) throws SQLException {
		byte[] content = new byte[ROW_BYTES];
		long count = 0;
		try (PreparedStatement insert = connection.prepareStatement("insert into floor_row values (?, ?)")) {
			while (System.nanoTime() < deadline) {
				insert.setLong(1, ids.incrementAndGet());
				insert.setBytes(2, content);
				insert.executeUpdate();
				count++;
			}
		}
		return count;
	}

}
