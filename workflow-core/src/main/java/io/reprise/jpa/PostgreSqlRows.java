package io.reprise.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.reprise.jpa.AbstractWriteDialect.Creation;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoredTransition;
import org.jspecify.annotations.Nullable;

/**
 * Writes the runs and the history rows of many transitions with one statement. PostgreSQL
 * spends its time on statements rather than on rows: this takes less than half of what
 * two JDBC batches take. See {@code docs/adr/0016-one-statement-for-many-transitions.md}.
 */
final class PostgreSqlRows {

	/**
	 * Statements have one of these numbers of rows, so that their plans are found again.
	 * What is left over is filled up with rows that match nothing.
	 */
	private static final int[] SIZES = { 4, 16, 64 };

	private static final long MOST_BYTES = 4 << 20;

	/**
	 * A plan is made while the tables are small, and kept while they grow. So it must not
	 * scan, and the runs are named twice: by the list, which the index is asked for
	 * whatever else is joined in which order.
	 */
	private static final String BY_KEY = "SET LOCAL enable_seqscan = off; ";

	private static final String APPEND = ", appended AS (INSERT INTO {history} (run_id, first_event_id, body) ";

	private final AbstractWriteDialect dialect;

	private final Map<Text, String> statements = new ConcurrentHashMap<>();

	PostgreSqlRows(AbstractWriteDialect dialect) {
		this.dialect = dialect;
	}

	/**
	 * Changes runs. Begins the transaction.
	 * @param connection a connection in a transaction
	 * @param writes the transitions, in the order in which rows are to be locked
	 * @return ids of the runs that were written
	 */
	Set<String> change(Connection connection, List<RunWrite> writes) throws SQLException {
		return write(connection, Kind.CHANGE, writes, Map.of(), true);
	}

	/**
	 * Creates runs.
	 * @param connection a connection in a transaction
	 * @param creations the runs, in the order in which keys are to be locked
	 * @param begins whether nothing was written in the transaction before
	 * @return ids of the runs that were written
	 */
	Set<String> create(Connection connection, List<Creation> creations, boolean begins) throws SQLException {
		Map<String, Creation> byRun = HashMap.newHashMap(creations.size());
		creations.forEach((creation) -> byRun.put(creation.write().record().key().runId(), creation));
		return write(connection, Kind.CREATION, creations.stream().map(Creation::write).toList(), byRun, begins);
	}

	private Set<String> write(Connection connection, Kind kind, List<RunWrite> writes, Map<String, Creation> creations,
			boolean begins) throws SQLException {
		Set<String> written = new HashSet<>();
		int start = 0;
		while (start < writes.size()) {
			int end = endOfChunk(writes, start);
			writeChunk(connection, kind, writes.subList(start, end), creations, begins && start == 0, written);
			start = end;
		}
		return written;
	}

	private static int endOfChunk(List<RunWrite> writes, int start) {
		int most = Math.min(writes.size(), start + SIZES[SIZES.length - 1]);
		long bytes = 0;
		int end = start;
		while (end < most && (end == start || bytes < MOST_BYTES)) {
			StoredTransition appended = writes.get(end++).appended();
			bytes += (appended != null) ? appended.body().length : 0;
		}
		return end;
	}

	private void writeChunk(Connection connection, Kind kind, List<RunWrite> chunk, Map<String, Creation> creations,
			boolean begins, Set<String> written) throws SQLException {
		int size = sizeFor(chunk.size());
		try (PreparedStatement statement = connection.prepareStatement(sql(kind, size, begins))) {
			int i = 1;
			for (RunWrite write : chunk) {
				i = kind.bind(statement, i, write, creations.get(write.record().key().runId()));
				i = bindAppended(statement, i, write);
			}
			for (int row = chunk.size(); row < size; row++) {
				i = kind.bindNothing(statement, i);
			}
			if (kind != Kind.CREATION) {
				statement.setArray(i, connection.createArrayOf("varchar", runIds(chunk)));
			}
			boolean isResult = statement.execute();
			while (!isResult) {
				isResult = statement.getMoreResults();
			}
			try (ResultSet rows = statement.getResultSet()) {
				while (rows.next()) {
					written.add(rows.getString(1));
				}
			}
		}
	}

	/** Put together once: the driver knows statements by their text, which is long. */
	private String sql(Kind kind, int size, boolean begins) {
		return statements.computeIfAbsent(new Text(kind, size, begins), (text) -> dialect
			.sql((begins ? PostgreSqlWriteDialect.BEGIN_WRITING + "; " : "") + kind.statement(size)));
	}

	private static Object[] runIds(List<RunWrite> chunk) {
		return chunk.stream().map((write) -> write.record().key().runId()).toArray();
	}

	private static int sizeFor(int rows) {
		for (int size : SIZES) {
			if (size >= rows) {
				return size;
			}
		}
		throw new IllegalArgumentException("Expected at most " + SIZES[SIZES.length - 1] + " rows, but found " + rows);
	}

	private static int bindAppended(PreparedStatement statement, int start, RunWrite write) throws SQLException {
		StoredTransition appended = write.appended();
		int i = start;
		if (appended != null) {
			statement.setLong(i++, appended.firstEventId());
			statement.setBytes(i++, appended.body());
		}
		else {
			statement.setNull(i++, Types.BIGINT);
			statement.setNull(i++, Types.VARBINARY);
		}
		return i;
	}

	/** What tells statements apart. */
	private record Text(Kind kind, int size, boolean begins) {

	}

	/**
	 * What transitions have in common that are written by the same statement.
	 */
	enum Kind {

		/** A new run. */
		CREATION(ExecutionColumns.ALL + ", lock, latest",
				"varchar varchar varchar bytea varchar varchar varchar timestamptz smallint bigint varchar timestamptz "
						+ "bytea timestamptz bigint bigint varchar varchar timestamptz integer varchar bytea bigint timestamptz") {

			@Override
			String statement(int rows) {
				return BY_KEY + values(rows) + ", written AS (INSERT INTO {execution} (" + ExecutionColumns.ALL
						+ ") SELECT " + ExecutionColumns.ALL
				// No lock to look for is none that is taken
						+ " FROM v WHERE run_id IS NOT NULL AND coalesce(pg_try_advisory_xact_lock_shared(lock), true) "
						+ "AND (latest IS NULL OR NOT EXISTS (SELECT 1 FROM {execution} later "
						+ "WHERE later.workflow_key = v.workflow_key AND later.start_time > v.latest)) "
				// The index sees to it unless the run is closed. EXISTS might be planned
				// as a
				// hash of all open runs
						+ "AND (open_key IS NOT NULL OR (SELECT opened.run_id FROM {execution} opened "
						+ "WHERE opened.open_key = v.workflow_key) IS NULL) "
						+ "ON CONFLICT DO NOTHING RETURNING run_id)" + APPEND
						+ "SELECT v.run_id, v.first_event_id, v.body FROM written JOIN v ON v.run_id = written.run_id "
						+ "WHERE v.body IS NOT NULL) SELECT run_id FROM written";
			}

			@Override
			int bind(PreparedStatement statement, int start, RunWrite write, @Nullable Creation creation)
					throws SQLException {
				Objects.requireNonNull(creation);
				int i = ExecutionColumns.bindAll(statement, start, write.record(), creation.workflowKey());
				AbstractWriteDialect.bindLong(statement, i++, PostgreSqlWriteDialect.lockOf(creation));
				ExecutionColumns.bindTime(statement, i++, write.latestStart());
				return i;
			}

		},

		/**
		 * A run that goes on, or ends. Both in one statement, so that all rows are locked
		 * in one order.
		 */
		CHANGE("run_id, expected, seen, version, status, owner, next_due_at, close_time, history_events, history_bytes, "
				+ "overlay",
				"varchar bigint bigint bigint smallint varchar timestamptz timestamptz bigint bigint bytea") {

			@Override
			String statement(int rows) {
				return BY_KEY + values(rows) + ", written AS (UPDATE {execution} e SET version = v.version, "
						+ "status = v.status, owner = v.owner, next_due_at = v.next_due_at, close_time = v.close_time, "
						+ "open_key = CASE WHEN v.status = 0 THEN e.open_key END, history_events = v.history_events, "
						+ "history_bytes = v.history_bytes, overlay = v.overlay, stall_code = NULL, "
						+ "stall_message = NULL, stall_since = NULL, stall_attempts = NULL, stall_build_id = NULL "
						+ "FROM v WHERE e.run_id = ANY (?) AND e.run_id = v.run_id AND e.version = v.expected "
						+ "AND e.messages_left <= v.seen RETURNING e.run_id, v.first_event_id, v.body)" + APPEND
						+ "SELECT run_id, first_event_id, body FROM written WHERE body IS NOT NULL) "
						+ "SELECT run_id FROM written";
			}

			@Override
			int bind(PreparedStatement statement, int start, RunWrite write, @Nullable Creation creation)
					throws SQLException {
				RunRecord run = write.record();
				int i = start;
				statement.setString(i++, run.key().runId());
				statement.setLong(i++, write.expectedVersion());
				statement.setLong(i++, write.messagesSeen());
				statement.setLong(i++, run.version());
				statement.setShort(i++, StatusCodes.codeOf(run.status()));
				statement.setString(i++, run.owner());
				ExecutionColumns.bindTime(statement, i++, run.nextDueAt());
				ExecutionColumns.bindTime(statement, i++, run.closeTime());
				statement.setLong(i++, run.historyEvents());
				statement.setLong(i++, run.historyBytes());
				ExecutionColumns.bindBytes(statement, i++, run.overlay());
				return i;
			}

		};

		private final String columns;

		/** Of the parameters of one row. */
		private final List<String> types;

		Kind(String columns, String types) {
			this.columns = columns + ", first_event_id, body";
			this.types = List.of((types + " bigint bytea").split(" "));
		}

		abstract String statement(int rows);

		abstract int bind(PreparedStatement statement, int start, RunWrite write, @Nullable Creation creation)
				throws SQLException;

		/**
		 * Binds a row that matches nothing. Its nulls have types: the driver prepares a
		 * statement anew if the types of its parameters change.
		 */
		final int bindNothing(PreparedStatement statement, int start) throws SQLException {
			int i = start;
			for (String type : types) {
				statement.setNull(i++, Types.NULL, type);
			}
			return i;
		}

		/** The first row names the types. */
		final String values(int rows) {
			String first = types.stream().map((type) -> "CAST(? AS " + type + ")").collect(Collectors.joining(", "));
			String further = ", (" + "?, ".repeat(types.size() - 1) + "?)";
			return "WITH v (" + columns + ") AS (VALUES (" + first + ")" + further.repeat(rows - 1) + ")";
		}

		/**
		 * Whether it changes a run in a way that this statement knows. Others are rare.
		 * @param write a transition that does not create a run
		 * @return {@code false} if it is to be written by itself
		 */
		static boolean isUsual(RunWrite write) {
			return write.record().stall() == null;
		}

	}

}
