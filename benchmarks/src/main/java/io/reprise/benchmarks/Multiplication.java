package io.reprise.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes many runs out of one, on the server. Ids, keys and times are the copies' own; all
 * else, also columns that do not exist yet, is as the engine wrote it.
 */
final class Multiplication {

	private static final long CHUNK = 100_000;

	/** Sorts before the ids of runs that are started now, as those of earlier ones do. */
	private static final String RUN_ID = "'01800000-0000-7000-8000-' || lpad(to_hex(i), 12, '0')";

	private static final String WORKFLOW_ID = "'copy-' || i";

	/** As the engine makes it of a namespace without surrogates. */
	private static final String KEY = """
			sha256(convert_to(length(namespace) || '/' || namespace || '/' || %s, 'UTF8'))""".formatted(WORKFLOW_ID);

	private static final Map<String, String> OWN = Map.of("run_id", RUN_ID, "workflow_id", WORKFLOW_ID,
			"start_request_id", RUN_ID, "workflow_key", KEY, "open_key",
			"case when open_key is not null then %s end".formatted(KEY), "start_time",
			"start_time - i * interval '1 millisecond'", "close_time", "close_time - i * interval '1 millisecond'",
			"next_due_at", "next_due_at + i * interval '1 millisecond'");

	private final String url;

	private final String runId;

	private Multiplication(String url, String runId) {
		this.url = url;
		this.runId = runId;
	}

	static Multiplication of(String url, String workflowId) throws SQLException {
		try (Connection connection = DriverManager.getConnection(url);
				PreparedStatement query = connection
					.prepareStatement("select run_id from workflow_execution where workflow_id = ?")) {
			query.setString(1, workflowId);
			try (ResultSet row = query.executeQuery()) {
				if (!row.next()) {
					throw new IllegalStateException("Expected a run of " + workflowId + ", but there is none");
				}
				return new Multiplication(url, row.getString(1));
			}
		}
	}

	void multiply(long runs) throws SQLException {
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement()) {
			// Each chunk is lost or there, which is enough here.
			statement.execute("set synchronous_commit = off");
			for (String table : List.of("workflow_execution", "workflow_history")) {
				try (PreparedStatement insert = connection.prepareStatement(insert(connection, table))) {
					for (long from = 1; from <= runs; from += CHUNK) {
						insert.setLong(1, from);
						insert.setLong(2, Math.min(from + CHUNK - 1, runs));
						insert.setString(3, runId);
						insert.executeUpdate();
					}
				}
			}
			statement.execute("vacuum analyze");
			statement.execute("checkpoint");
		}
	}

	private static String insert(Connection connection, String table) throws SQLException {
		List<String> columns = new ArrayList<>();
		try (ResultSet rows = connection.getMetaData().getColumns(null, null, table, null)) {
			while (rows.next()) {
				columns.add(rows.getString("COLUMN_NAME"));
			}
		}
		List<String> values = columns.stream().map((column) -> OWN.getOrDefault(column, column)).toList();
		return "insert into %s (%s) select %s from %s, generate_series(?, ?) as i where run_id = ?".formatted(table,
				String.join(", ", columns), String.join(", ", values), table);
	}

}
