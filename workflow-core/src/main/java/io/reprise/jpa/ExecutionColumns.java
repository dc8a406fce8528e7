package io.reprise.jpa;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;

import io.reprise.spi.RunRecord;
import io.reprise.spi.RunRecord.StallRecord;
import org.jspecify.annotations.Nullable;

/** The columns of {@code workflow_execution} and how a record becomes parameters. */
final class ExecutionColumns {

	/** In the order of {@link #bindAll}. */
	static final String ALL = "run_id, namespace, workflow_id, workflow_key, workflow_type, task_queue, start_request_id, "
			+ "start_time, status, version, owner, next_due_at, open_key, close_time, history_events, history_bytes, "
			+ "stall_code, stall_message, stall_since, stall_attempts, stall_build_id, overlay";

	/** One placeholder for each of {@link #ALL}. */
	static final String PLACEHOLDERS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

	/** The columns that change, in the order of {@link #bindChanging}. */
	static final String ASSIGNMENTS = "status = ?, version = ?, owner = ?, next_due_at = ?, "
			+ "open_key = CASE WHEN CAST(? AS smallint) = 0 THEN open_key END, "
			+ "close_time = ?, history_events = ?, history_bytes = ?, stall_code = ?, stall_message = ?, "
			+ "stall_since = ?, stall_attempts = ?, stall_build_id = ?, overlay = ?";

	private static final int MESSAGE_LENGTH = 10_000;

	private ExecutionColumns() {
	}

	/**
	 * Binds a run that is created.
	 * @param workflowKey the hash of its workflow id
	 */
	static int bindAll(PreparedStatement statement, int start, RunRecord run, byte[] workflowKey) throws SQLException {
		int i = start;
		statement.setString(i++, run.key().runId());
		statement.setString(i++, run.key().namespace());
		statement.setString(i++, run.key().workflowId());
		statement.setBytes(i++, workflowKey);
		statement.setString(i++, run.workflowType());
		statement.setString(i++, run.taskQueue());
		statement.setString(i++, run.startRequestId());
		bindTime(statement, i++, run.startTime());
		i = bindOwned(statement, i, run);
		bindBytes(statement, i++, run.status().isClosed() ? null : workflowKey);
		return bindSizes(statement, i, run);
	}

	/** Binds a run that changes. A run that ends gives up its workflow id. */
	static int bindChanging(PreparedStatement statement, int start, RunRecord run) throws SQLException {
		int i = bindOwned(statement, start, run);
		statement.setShort(i++, StatusCodes.codeOf(run.status()));
		return bindSizes(statement, i, run);
	}

	private static int bindOwned(PreparedStatement statement, int start, RunRecord run) throws SQLException {
		int i = start;
		statement.setShort(i++, StatusCodes.codeOf(run.status()));
		statement.setLong(i++, run.version());
		statement.setString(i++, run.owner());
		bindTime(statement, i++, run.nextDueAt());
		return i;
	}

	private static int bindSizes(PreparedStatement statement, int start, RunRecord run) throws SQLException {
		int i = start;
		bindTime(statement, i++, run.closeTime());
		statement.setLong(i++, run.historyEvents());
		statement.setLong(i++, run.historyBytes());
		i = bindStall(statement, i, run.stall());
		bindBytes(statement, i++, run.overlay());
		return i;
	}

	private static int bindStall(PreparedStatement statement, int start, @Nullable StallRecord stall)
			throws SQLException {
		int i = start;
		statement.setString(i++, (stall != null) ? stall.code().name() : null);
		statement.setString(i++, (stall != null) ? storable(stall.message(), MESSAGE_LENGTH) : null);
		bindTime(statement, i++, (stall != null) ? stall.since() : null);
		if (stall != null) {
			statement.setInt(i++, stall.attempts());
		}
		else {
			statement.setNull(i++, Types.INTEGER);
		}
		statement.setString(i++, (stall != null) ? stall.buildId() : null);
		return i;
	}

	/**
	 * The message of somebody's exception must not keep the stall from being recorded.
	 */
	private static String storable(String text, int limit) {
		String storable = text.replace('\0', '\uFFFD');
		return (storable.length() <= limit) ? storable : storable.substring(0, limit - 1) + "…";
	}

	static void bindTime(PreparedStatement statement, int index, @Nullable Instant time) throws SQLException {
		if (time != null) {
			statement.setObject(index, Instants.column(time));
		}
		else {
			// Named, as the driver would leave it open else, and prepare anew for each
			// pattern of such columns
			statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE, "timestamptz");
		}
	}

	static void bindBytes(PreparedStatement statement, int index, byte @Nullable [] bytes) throws SQLException {
		if (bytes != null) {
			statement.setBytes(index, bytes);
		}
		else {
			statement.setNull(index, Types.VARBINARY);
		}
	}

}
