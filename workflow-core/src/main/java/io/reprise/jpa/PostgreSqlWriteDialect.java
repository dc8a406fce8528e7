package io.reprise.jpa;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.reprise.jpa.PostgreSqlRows.Kind;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.RunWrite;
import io.reprise.spi.WriteOutcome;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's SQL. */
final class PostgreSqlWriteDialect extends AbstractWriteDialect {

	private static final String INSERT_RUN = "INSERT INTO {execution} (" + ExecutionColumns.ALL
			+ ") SELECT ?, ?, ?, CAST(? AS bytea), ?, ?, ?, CAST(? AS timestamptz), CAST(? AS smallint), CAST(? AS bigint), ?, "
			+ "CAST(? AS timestamptz), CAST(? AS bytea), CAST(? AS timestamptz), CAST(? AS bigint), "
			+ "CAST(? AS bigint), ?, ?, CAST(? AS timestamptz), CAST(? AS integer), ?, CAST(? AS bytea) "
			// Nothing for null, which means not to ask
			+ "WHERE coalesce(pg_try_advisory_xact_lock_shared(CAST(? AS bigint)), true) ON CONFLICT DO NOTHING";

	/**
	 * Between two statements of a transaction. Long for a process that works, and shorter
	 * than the usual lease: a node that hangs must not hold up those that take over from
	 * it.
	 */
	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

	private static final String UPDATE_RUN = "UPDATE {execution} SET " + ExecutionColumns.ASSIGNMENTS + " WHERE "
			+ EXPECTED;

	private static final String APPEND = " INSERT INTO {history} (run_id, first_event_id, body) "
			+ "SELECT run_id, CAST(? AS bigint), CAST(? AS bytea) FROM written";

	private static final String SNAPSHOT = ", snapshot AS (INSERT INTO {snapshot} (run_id, last_event_id, body) "
			+ "SELECT run_id, CAST(? AS bigint), CAST(? AS bytea) FROM written ON CONFLICT (run_id) DO UPDATE "
			+ "SET last_event_id = excluded.last_event_id, body = excluded.body)";

	/** What begins a transaction that writes, for this transaction only. */
	static final String BEGIN_WRITING = "SET LOCAL idle_in_transaction_session_timeout = " + LONGEST_PAUSE.toMillis();

	private final PostgreSqlRows rows = new PostgreSqlRows(this);

	private final AtomicReferenceArray<@Nullable String> alone = new AtomicReferenceArray<>(8);

	PostgreSqlWriteDialect(@Nullable String schema) {
		super(schema, Integer.MAX_VALUE);
	}

	@Override
	boolean[] updateRuns(Connection connection, List<RunWrite> writes) throws SQLException {
		List<RunWrite> usual = writes.stream().filter(Kind::isUsual).toList();
		Set<String> updated = new HashSet<>(rows.change(connection, usual));
		List<RunWrite> others = writes.stream().filter(PostgreSqlWriteDialect::isWrittenAlone).toList();
		if (!others.isEmpty()) {
			if (usual.isEmpty()) {
				beginWriting(connection);
			}
			boolean[] outcomes = updateOneByOne(connection, others);
			for (int i = 0; i < outcomes.length; i++) {
				if (outcomes[i]) {
					updated.add(runId(others.get(i)));
				}
			}
		}
		return among(updated, writes);
	}

	@Override
	boolean[] insertRuns(Connection connection, List<Creation> creations, boolean begins) throws SQLException {
		List<RunWrite> writes = creations.stream().map(Creation::write).toList();
		return among(rows.create(connection, creations, begins), writes);
	}

	@Override
	void appendRemaining(Connection connection, List<RunWrite> winners) throws SQLException {
		appendHistory(connection, winners.stream().filter(PostgreSqlWriteDialect::isWrittenAlone).toList());
	}

	private static boolean isWrittenAlone(RunWrite write) {
		return !write.isCreation() && !Kind.isUsual(write);
	}

	private static boolean[] among(Set<String> runIds, List<RunWrite> writes) {
		boolean[] found = new boolean[writes.size()];
		for (int i = 0; i < found.length; i++) {
			found[i] = runIds.contains(runId(writes.get(i)));
		}
		return found;
	}

	private static String runId(RunWrite write) {
		return write.record().key().runId();
	}

	private static int bindCreation(PreparedStatement statement, Creation creation) throws SQLException {
		int i = ExecutionColumns.bindAll(statement, 1, creation.write().record(), creation.workflowKey());
		bindLong(statement, i++, lockOf(creation));
		return i;
	}

	/**
	 * Transactions of the application lock the ids of the workflows that they start; who
	 * commits in a lane finds the lock taken and does not wait. The key's bits are a
	 * hash, so that it meets no lock of the application's own.
	 */
	@Override
	void hold(Connection connection, ExecutionKey key) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
			statement.setLong(1, lockOf(WorkflowKey.of(key)));
			statement.execute();
		}
	}

	@Override
	public void release(ExecutionKey key) {
		// The lock ends with its transaction
	}

	/** The lock to look for, if any. */
	static @Nullable Long lockOf(Creation creation) {
		return creation.yields() ? lockOf(creation.workflowKey()) : null;
	}

	private static long lockOf(byte[] workflowKey) {
		return ByteBuffer.wrap(workflowKey).getLong();
	}

	@Override
	String upsertSnapshotSql() {
		return sql("INSERT INTO {snapshot} (run_id, last_event_id, body, body_rest) VALUES (?, ?, ?, ?) "
				+ "ON CONFLICT (run_id) DO UPDATE SET last_event_id = excluded.last_event_id, body = excluded.body, "
				+ "body_rest = excluded.body_rest");
	}

	@Override
	String insertPayloadSql() {
		return sql("INSERT INTO {payload} (run_id, payload_id, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
	}

	@Override
	public String clock() {
		return "clock_timestamp()";
	}

	@Override
	String clockPlusMicrosSql() {
		return "clock_timestamp() + ? * interval '1 microsecond'";
	}

	@Override
	public boolean writesAlone() {
		return true;
	}

	/**
	 * Put together once: there are few, and the driver knows them by their text. Where a
	 * row of history is appended, the statement is that insert and its count tells
	 * whether it took effect, which is cheaper than to select a count.
	 */
	private String aloneSql(boolean creates, boolean appends, boolean snapshots) {
		int index = (creates ? 4 : 0) + (appends ? 2 : 0) + (snapshots ? 1 : 0);
		String sql = alone.get(index);
		if (sql == null) {
			sql = sql("WITH written AS (" + (creates ? INSERT_RUN : UPDATE_RUN) + " RETURNING run_id)"
					+ (snapshots ? SNAPSHOT : "") + (appends ? APPEND : " SELECT count(*) FROM written"));
			alone.set(index, sql);
		}
		return sql;
	}

	@Override
	public WriteOutcome writeAlone(Connection connection, RunWrite write) throws SQLException {
		String sql = aloneSql(write.isCreation(), write.appended() != null, write.snapshot() != null);
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			int i = write.isCreation() ? bindCreation(statement, Creation.of(write, true))
					: bindUpdate(statement, write);
			if (write.snapshot() != null) {
				statement.setLong(i++, write.snapshot().lastEventId());
				statement.setBytes(i++, write.snapshot().body());
			}
			if (write.appended() != null) {
				statement.setLong(i++, write.appended().firstEventId());
				statement.setBytes(i++, write.appended().body());
			}
			if (tookEffect(statement, write.appended() != null)) {
				return WriteOutcome.WRITTEN;
			}
		}
		return write.isCreation() ? whyNotCreated(connection, write) : whyNotUpdated(connection, write);
	}

	private static boolean tookEffect(PreparedStatement statement, boolean appends) throws SQLException {
		if (appends) {
			return statement.executeUpdate() == 1;
		}
		try (ResultSet rows = statement.executeQuery()) {
			return rows.next() && rows.getLong(1) == 1;
		}
	}

	@Override
	public boolean offer(Connection connection, InboxEntry entry) throws SQLException {
		String sql = sql("WITH announced AS (UPDATE {execution} SET messages_left = messages_left + 1 "
				+ "WHERE run_id = ? AND status = 0 RETURNING run_id), entry AS (INSERT INTO {inbox} (run_id, request_id, "
				+ "namespace, workflow_id, body) SELECT run_id, ?, ?, ?, ? FROM announced "
				+ "ON CONFLICT (run_id, request_id) DO NOTHING) SELECT 1 FROM announced");
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			bindEntry(statement, entry);
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next();
			}
		}
	}

	@Override
	public void leave(Connection connection, InboxEntry entry) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql("INSERT INTO {inbox} (run_id, request_id, "
				+ "namespace, workflow_id, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (run_id, request_id) DO NOTHING"))) {
			bindEntry(statement, entry);
			statement.executeUpdate();
		}
	}

	@Override
	public List<ExecutionKey> adopt(Connection connection, String gone, String nodeId, Collection<String> workflowTypes,
			int limit) throws SQLException {
		String sql = sql("WITH found AS MATERIALIZED (SELECT run_id FROM {execution} WHERE owner = ? "
				+ "AND (status <> 0 OR workflow_type = ANY (?)) LIMIT ? FOR UPDATE SKIP LOCKED) "
				+ "UPDATE {execution} e SET owner = ?, version = e.version + 1 FROM found "
				+ "WHERE e.run_id = found.run_id RETURNING e.namespace, e.workflow_id, e.run_id");
		Array types = connection.createArrayOf("varchar", workflowTypes.toArray());
		List<ExecutionKey> keys = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, gone);
			statement.setArray(2, types);
			statement.setInt(3, limit);
			statement.setString(4, nodeId);
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					keys.add(new ExecutionKey(rows.getString(1), rows.getString(2), rows.getString(3)));
				}
			}
		}
		return keys;
	}

	@Override
	public boolean join(Connection connection, String nodeId, Duration lease, @Nullable Long lockKey)
			throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement(sql("INSERT INTO {node} AS n (node_id, state, drained, lock_key, locked_at, lease_until) "
					+ "VALUES (?, 'JOINED', false, ?, clock_timestamp(), " + clockPlusMicrosSql() + ") "
					+ "ON CONFLICT (node_id) DO UPDATE SET lock_key = excluded.lock_key, "
					+ "locked_at = excluded.locked_at, lease_until = excluded.lease_until "
					+ "WHERE n.state = 'JOINED'"))) {
			statement.setString(1, nodeId);
			bindLong(statement, 2, lockKey);
			statement.setLong(3, micros(lease));
			return statement.executeUpdate() == 1;
		}
	}

	@Override
	public Instant now(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("SELECT clock_timestamp()");
				ResultSet rows = statement.executeQuery()) {
			rows.next();
			return Instants.stored(rows.getObject(1, OffsetDateTime.class).toInstant());
		}
	}

	@Override
	public void readConsistently(Connection connection) throws SQLException {
		// One round trip; the driver's setTransactionIsolation would need four
		try (Statement statement = connection.createStatement()) {
			statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
		}
	}

	@Override
	public void beginWriting(Connection connection) throws SQLException {
		// For this transaction only: the connection is the application's
		try (Statement statement = connection.createStatement()) {
			statement.execute(BEGIN_WRITING);
		}
	}

}
