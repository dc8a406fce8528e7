package io.reprise.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.RunWrite;
import io.reprise.spi.WriteOutcome;
import org.jspecify.annotations.Nullable;

/** H2's SQL. */
final class H2WriteDialect extends AbstractWriteDialect {

	private static final String DUPLICATE_KEY = "23505";

	/** H2 has no advisory locks; but all its users are in this process. */
	private final HeldIds held;

	H2WriteDialect(@Nullable String schema, String url) {
		super(schema, Bodies.H2_LIMIT);
		held = HeldIds.in(url);
	}

	@Override
	boolean[] updateRuns(Connection connection, List<RunWrite> writes) throws SQLException {
		return updateOneByOne(connection, writes);
	}

	@Override
	void appendRemaining(Connection connection, List<RunWrite> winners) throws SQLException {
		appendHistory(connection, winners);
	}

	@Override
	boolean[] insertRuns(Connection connection, List<Creation> creations, boolean begins) throws SQLException {
		boolean[] inserted = new boolean[creations.size()];
		String sql = sql("INSERT INTO {execution} (" + ExecutionColumns.ALL + ") VALUES ("
				+ ExecutionColumns.PLACEHOLDERS + ")");
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < inserted.length; i++) {
				RunWrite write = creations.get(i).write();
				if ((creations.get(i).yields() && held.contains(write.record().key())) || isOutdated(connection, write)
						|| isClosedBesideOpen(connection, write)) {
					continue;
				}
				ExecutionColumns.bindAll(statement, 1, write.record(), creations.get(i).workflowKey());
				inserted[i] = insert(statement);
			}
		}
		return inserted;
	}

	/** Before the row is there, so that nobody in this process meets it unprepared. */
	@Override
	void hold(Connection connection, ExecutionKey key) {
		held.add(key);
	}

	@Override
	public void release(ExecutionKey key) {
		held.remove(key);
	}

	/** A duplicate key undoes the statement only; the transaction goes on. */
	private static boolean insert(PreparedStatement statement) throws SQLException {
		try {
			return statement.executeUpdate() == 1;
		}
		catch (SQLException ex) {
			if (DUPLICATE_KEY.equals(ex.getSQLState())) {
				return false;
			}
			throw ex;
		}
	}

	@Override
	String upsertSnapshotSql() {
		return sql("MERGE INTO {snapshot} (run_id, last_event_id, body, body_rest) KEY (run_id) VALUES (?, ?, ?, ?)");
	}

	@Override
	String insertPayloadSql() {
		return sql("MERGE INTO {payload} (run_id, payload_id, body) KEY (run_id, payload_id) VALUES (?, ?, ?)");
	}

	@Override
	public String clock() {
		return "CURRENT_TIMESTAMP";
	}

	@Override
	String clockPlusMicrosSql() {
		return "DATEADD(MICROSECOND, ?, CURRENT_TIMESTAMP)";
	}

	@Override
	public boolean writesAlone() {
		return false;
	}

	@Override
	public WriteOutcome writeAlone(Connection connection, RunWrite write) {
		throw new UnsupportedOperationException("H2 changes one table in a statement");
	}

	@Override
	public boolean offer(Connection connection, InboxEntry entry) throws SQLException {
		boolean open = announceMessage(connection, entry.key().runId());
		if (open) {
			leave(connection, entry);
		}
		return open;
	}

	@Override
	public void leave(Connection connection, InboxEntry entry) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(
				sql("INSERT INTO {inbox} (run_id, request_id, namespace, workflow_id, body) VALUES (?, ?, ?, ?, ?)"))) {
			bindEntry(statement, entry);
			insert(statement);
		}
	}

	@Override
	public List<ExecutionKey> adopt(Connection connection, String gone, String nodeId, Collection<String> workflowTypes,
			int limit) throws SQLException {
		List<ExecutionKey> keys = new ArrayList<>();
		String select = sql("SELECT namespace, workflow_id, run_id FROM {execution} WHERE owner = ? "
				+ "AND (status <> 0 OR workflow_type = ANY (?)) FETCH FIRST ? ROWS ONLY FOR UPDATE SKIP LOCKED");
		try (PreparedStatement statement = connection.prepareStatement(select)) {
			statement.setString(1, gone);
			statement.setArray(2, connection.createArrayOf("varchar", workflowTypes.toArray()));
			statement.setInt(3, limit);
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					keys.add(new ExecutionKey(rows.getString(1), rows.getString(2), rows.getString(3)));
				}
			}
		}
		if (keys.isEmpty()) {
			return keys;
		}
		try (PreparedStatement statement = connection
			.prepareStatement(sql("UPDATE {execution} SET owner = ?, version = version + 1 WHERE run_id = ?"))) {
			for (ExecutionKey key : keys) {
				statement.setString(1, nodeId);
				statement.setString(2, key.runId());
				statement.addBatch();
			}
			statement.executeBatch();
		}
		return keys;
	}

	@Override
	public boolean join(Connection connection, String nodeId, Duration lease, @Nullable Long lockKey)
			throws SQLException {
		if (renew(connection, nodeId, lease, lockKey, true)) {
			return true;
		}
		try (PreparedStatement statement = connection
			.prepareStatement(sql("INSERT INTO {node} (node_id, state, drained, lock_key, locked_at, lease_until) "
					+ "VALUES (?, 'JOINED', FALSE, ?, CURRENT_TIMESTAMP, " + clockPlusMicrosSql() + ")"))) {
			statement.setString(1, nodeId);
			bindLong(statement, 2, lockKey);
			statement.setLong(3, micros(lease));
			return insert(statement);
		}
	}

	@Override
	public Instant now(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("SELECT CURRENT_TIMESTAMP(6)");
				ResultSet rows = statement.executeQuery()) {
			rows.next();
			return Instants.stored(rows.getObject(1, OffsetDateTime.class).toInstant());
		}
	}

	@Override
	public void readConsistently(Connection connection) throws SQLException {
		// The transaction manager sets the isolation: that costs nothing here
	}

	@Override
	public void beginWriting(Connection connection) {
		// Nobody else is there to wait for the locks
	}

}
