package io.reprise.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Records the measured time of a cell with the JDK's Flight Recorder, or does nothing.
 */
final class Profile {

	private static final String STATEMENTS = """
			select calls, rows, total_exec_time, mean_exec_time * 1000, wal_bytes, plans, total_plan_time,
			left(regexp_replace(query, '\\s+', ' ', 'g'), 110)
			from pg_stat_statements order by total_exec_time + total_plan_time desc limit 15""";

	private final @Nullable Path file;

	private final @Nullable Recording primer;

	private @Nullable Recording recording;

	private Profile(@Nullable Path file, @Nullable Recording primer) {
		this.file = file;
		this.primer = primer;
	}

	static Profile none() {
		return new Profile(null, null);
	}

	static Profile of(@Nullable Path file) throws IOException, ParseException {
		return (file != null) ? to(file) : none();
	}

	/**
	 * A profile of the measured time alone. Recording begins at once, though: the
	 * recorder changes classes when it starts, and books everything that a thread ever
	 * allocated on its first sample.
	 */
	private static Profile to(Path file) throws IOException, ParseException {
		return new Profile(file, record());
	}

	void start(Database database) throws IOException, ParseException, SQLException {
		if (primer != null) {
			try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
				statement.execute("create extension if not exists pg_stat_statements");
				statement.execute("select pg_stat_statements_reset()");
			}
			recording = record();
			primer.close();
		}
	}

	void stop() throws IOException {
		Recording running = recording;
		if (running != null) {
			running.stop();
			running.dump(file);
			running.close();
		}
	}

	/**
	 * The statements that took the most time.
	 * @param database where
	 * @return one line for each
	 * @throws SQLException if the server was started without statistics
	 */
	List<String> statements(Database database) throws SQLException {
		List<String> lines = new ArrayList<>();
		if (recording == null) {
			return lines;
		}
		try (Connection connection = database.connect();
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

	private static Recording record() throws IOException, ParseException {
		Recording recording = new Recording(Configuration.getConfiguration("profile"));
		// Samples by CPU time, native code included, from JDK 25 on.
		recording.enable("jdk.CPUTimeSample").with("throttle", "5ms");
		recording.enable("jdk.ObjectAllocationSample").with("throttle", "1000/s");
		recording.start();
		return recording;
	}

}
