package io.reprise.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoredPayload;
import io.reprise.spi.StoredSnapshot;
import io.reprise.spi.StoredTransition;
import io.reprise.spi.WriteOutcome;
import org.jspecify.annotations.Nullable;

/** What both dialects have in common. */
abstract class AbstractWriteDialect implements WriteDialect {

	/** The condition of an update, in the order of {@link #bindUpdate}. */
	static final String EXPECTED = "run_id = ? AND version = ? AND messages_left <= ?";

	/** Put in front of the names of tables: empty, or a quoted schema with its dot. */
	private final String prefix;

	private final int bodyLimit;

	AbstractWriteDialect(@Nullable String schema, int bodyLimit) {
		this.prefix = (schema != null) ? '"' + schema + "\"." : "";
		this.bodyLimit = bodyLimit;
	}

	@Override
	public String table(String name) {
		return prefix + "workflow_" + name;
	}

	/** Replaces {@code {table}} by the table's full name. */
	final String sql(String template) {
		return template.replace("{", prefix + "workflow_").replace("}", "");
	}

	/**
	 * Updates runs that have the expected version. Begins the transaction, as
	 * {@link #beginWriting} does.
	 * @param writes in the order in which rows are to be locked
	 * @return for each whether it was updated
	 */
	abstract boolean[] updateRuns(Connection connection, List<RunWrite> writes) throws SQLException;

	/**
	 * Inserts runs whose keys are free.
	 * @param begins whether nothing was written in the transaction before
	 * @return for each whether it was inserted
	 */
	abstract boolean[] insertRuns(Connection connection, List<Creation> creations, boolean begins) throws SQLException;

	/**
	 * Makes others see, without waiting, that the transaction is about to create a run.
	 */
	abstract void hold(Connection connection, ExecutionKey key) throws SQLException;

	abstract String upsertSnapshotSql();

	/** Inserts a payload unless it is there. */
	abstract String insertPayloadSql();

	/**
	 * An expression for the database's time, as many microseconds from now as the
	 * parameter says.
	 */
	abstract String clockPlusMicrosSql();

	@Override
	public List<WriteOutcome> write(Connection connection, List<RunWrite> writes) throws SQLException {
		CommitPlan plan = new CommitPlan(writes);
		update(connection, plan);
		create(connection, plan);
		List<RunWrite> winners = plan.winners();
		appendRemaining(connection, winners);
		storeSnapshots(connection, winners);
		storePayloads(connection, winners);
		return plan.outcomes();
	}

	private void update(Connection connection, CommitPlan plan) throws SQLException {
		List<CommitPlan.Update> updates = plan.updates();
		if (updates.isEmpty()) {
			return;
		}
		boolean[] updated = updateRuns(connection, updates.stream().map(CommitPlan.Update::write).toList());
		for (int i = 0; i < updated.length; i++) {
			CommitPlan.Update update = updates.get(i);
			plan.settle(update.index(), updated[i] ? WriteOutcome.WRITTEN : whyNotUpdated(connection, update.write()));
		}
	}

	private void create(Connection connection, CommitPlan plan) throws SQLException {
		List<CommitPlan.Start> starts = plan.starts();
		if (starts.isEmpty()) {
			return;
		}
		boolean[] inserted = insertRuns(connection, starts.stream().map(CommitPlan.Start::creation).toList(),
				plan.updates().isEmpty());
		for (int i = 0; i < inserted.length; i++) {
			CommitPlan.Start start = starts.get(i);
			plan.settle(start.index(),
					inserted[i] ? WriteOutcome.WRITTEN : whyNotCreated(connection, start.creation().write()));
		}
	}

	/** It is the version, unless that is the expected one. */
	final WriteOutcome whyNotUpdated(Connection connection, RunWrite write) throws SQLException {
		if (write.messagesSeen() == RunWrite.ANY_MESSAGES) {
			return WriteOutcome.LOST_RACE;
		}
		try (PreparedStatement statement = connection
			.prepareStatement(sql("SELECT 1 FROM {execution} WHERE run_id = ? AND version = ?"))) {
			statement.setString(1, write.record().key().runId());
			statement.setLong(2, write.expectedVersion());
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next() ? WriteOutcome.MESSAGE_LEFT : WriteOutcome.LOST_RACE;
			}
		}
	}

	/**
	 * Updates runs that have the expected version, all columns of each.
	 * @return for each whether it was updated
	 */
	final boolean[] updateOneByOne(Connection connection, List<RunWrite> writes) throws SQLException {
		String sql = sql("UPDATE {execution} SET " + ExecutionColumns.ASSIGNMENTS + " WHERE " + EXPECTED);
		boolean[] updated = new boolean[writes.size()];
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (RunWrite write : writes) {
				bindUpdate(statement, write);
				statement.addBatch();
			}
			int[] counts = statement.executeBatch();
			for (int i = 0; i < counts.length; i++) {
				updated[i] = counts[i] == 1;
			}
		}
		return updated;
	}

	static int bindUpdate(PreparedStatement statement, RunWrite write) throws SQLException {
		int i = ExecutionColumns.bindChanging(statement, 1, write.record());
		statement.setString(i++, write.record().key().runId());
		statement.setLong(i++, write.expectedVersion());
		statement.setLong(i++, write.messagesSeen());
		return i;
	}

	final WriteOutcome whyNotCreated(Connection connection, RunWrite write) throws SQLException {
		ExecutionKey key = write.record().key();
		try (PreparedStatement statement = connection
			.prepareStatement(sql("SELECT run_id FROM {execution} WHERE run_id = ? OR open_key = ?"))) {
			statement.setString(1, key.runId());
			statement.setBytes(2, WorkflowKey.of(key));
			WriteOutcome outcome = WriteOutcome.ID_HELD;
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					if (rows.getString(1).equals(key.runId())) {
						return WriteOutcome.LOST_RACE;
					}
					outcome = WriteOutcome.OPEN_RUN_EXISTS;
				}
			}
			return (outcome == WriteOutcome.ID_HELD && isOutdated(connection, write)) ? WriteOutcome.NEWER_RUN_EXISTS
					: outcome;
		}
	}

	/**
	 * Whether a run of the workflow id began after the latest that the write knows, if
	 * that matters.
	 */
	final boolean isOutdated(Connection connection, RunWrite write) throws SQLException {
		if (write.latestStart() == null) {
			return false;
		}
		try (PreparedStatement statement = connection.prepareStatement(
				sql("SELECT 1 FROM {execution} WHERE workflow_key = ? AND start_time > ? FETCH FIRST 1 ROWS ONLY"))) {
			statement.setBytes(1, WorkflowKey.of(write.record().key()));
			ExecutionColumns.bindTime(statement, 2, write.latestStart());
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next();
			}
		}
	}

	/**
	 * Whether a run would begin and end while another of its workflow id is open. It is
	 * closed when it is inserted, so the index on open workflow ids does not see it.
	 */
	final boolean isClosedBesideOpen(Connection connection, RunWrite write) throws SQLException {
		if (!write.record().status().isClosed()) {
			return false;
		}
		try (PreparedStatement statement = connection
			.prepareStatement(sql("SELECT 1 FROM {execution} WHERE open_key = ?"))) {
			statement.setBytes(1, WorkflowKey.of(write.record().key()));
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next();
			}
		}
	}

	@Override
	public final WriteOutcome createForCaller(Connection connection, RunWrite write) throws SQLException {
		hold(connection, write.record().key());
		if (!insertRuns(connection, List.of(Creation.of(write, false)), false)[0]) {
			return whyNotCreated(connection, write);
		}
		appendRemaining(connection, List.of(write));
		storePayloads(connection, List.of(write));
		return WriteOutcome.WRITTEN;
	}

	/**
	 * Appends the history rows that were not written together with their runs.
	 */
	abstract void appendRemaining(Connection connection, List<RunWrite> winners) throws SQLException;

	final void appendHistory(Connection connection, List<RunWrite> winners) throws SQLException {
		if (winners.stream().allMatch(write -> write.appended() == null)) {
			return;
		}
		String sql = sql("INSERT INTO {history} (run_id, first_event_id, body, body_rest) VALUES (?, ?, ?, ?)");
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (RunWrite write : winners) {
				StoredTransition appended = write.appended();
				if (appended != null) {
					statement.setString(1, write.record().key().runId());
					statement.setLong(2, appended.firstEventId());
					bindBody(statement, 3, appended.body());
					statement.addBatch();
				}
			}
			statement.executeBatch();
		}
	}

	private void storeSnapshots(Connection connection, List<RunWrite> winners) throws SQLException {
		if (winners.stream().allMatch(write -> write.snapshot() == null)) {
			return;
		}
		try (PreparedStatement statement = connection.prepareStatement(upsertSnapshotSql())) {
			for (RunWrite write : winners) {
				StoredSnapshot snapshot = write.snapshot();
				if (snapshot != null) {
					statement.setString(1, write.record().key().runId());
					statement.setLong(2, snapshot.lastEventId());
					bindBody(statement, 3, snapshot.body());
					statement.addBatch();
				}
			}
			statement.executeBatch();
		}
	}

	/** One by one: each is large. */
	private void storePayloads(Connection connection, List<RunWrite> winners) throws SQLException {
		for (RunWrite write : winners) {
			for (StoredPayload payload : write.payloads()) {
				storePayload(connection, write.record().key().runId(), payload);
			}
		}
	}

	private void storePayload(Connection connection, String runId, StoredPayload payload) throws SQLException {
		if (payload.copiedFrom() != null) {
			copyPayload(connection, runId, payload.id(), payload.copiedFrom());
			return;
		}
		try (PreparedStatement statement = connection.prepareStatement(insertPayloadSql())) {
			statement.setString(1, runId);
			statement.setString(2, payload.id());
			statement.setBytes(3, payload.body());
			statement.executeUpdate();
		}
	}

	private void copyPayload(Connection connection, String runId, String id, String from) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement(sql("INSERT INTO {payload} (run_id, payload_id, body) SELECT ?, p.payload_id, p.body "
					+ "FROM {payload} p WHERE p.run_id = ? AND p.payload_id = ? AND NOT EXISTS (SELECT 1 FROM {payload} o "
					+ "WHERE o.run_id = ? AND o.payload_id = ?)"))) {
			statement.setString(1, runId);
			statement.setString(2, from);
			statement.setString(3, id);
			statement.setString(4, runId);
			statement.setString(5, id);
			statement.executeUpdate();
		}
	}

	private void bindBody(PreparedStatement statement, int index, byte[] body) throws SQLException {
		statement.setBytes(index, Bodies.head(body, bodyLimit));
		ExecutionColumns.bindBytes(statement, index + 1, Bodies.rest(body, bodyLimit));
	}

	@Override
	public boolean announceMessage(Connection connection, String runId) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(
				sql("UPDATE {execution} SET messages_left = messages_left + 1 WHERE run_id = ? AND status = 0"))) {
			statement.setString(1, runId);
			return statement.executeUpdate() == 1;
		}
	}

	static void bindEntry(PreparedStatement statement, InboxEntry entry) throws SQLException {
		statement.setString(1, entry.key().runId());
		statement.setString(2, entry.requestId());
		statement.setString(3, entry.key().namespace());
		statement.setString(4, entry.key().workflowId());
		statement.setBytes(5, entry.body());
	}

	@Override
	public void removeFromInbox(Connection connection, Collection<InboxEntry> entries) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement(sql("DELETE FROM {inbox} WHERE run_id = ? AND request_id = ?"))) {
			for (InboxEntry entry : sorted(entries)) {
				statement.setString(1, entry.key().runId());
				statement.setString(2, entry.requestId());
				statement.addBatch();
			}
			statement.executeBatch();
		}
	}

	private static List<InboxEntry> sorted(Collection<InboxEntry> entries) {
		return entries.stream()
			.sorted(Comparator.<InboxEntry, String>comparing(entry -> entry.key().runId())
				.thenComparing(InboxEntry::requestId))
			.toList();
	}

	@Override
	public List<String> lockClosedBefore(Connection connection, Instant time, int limit) throws SQLException {
		List<String> runIds = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(sql("SELECT run_id FROM {execution} "
				+ "WHERE close_time IS NOT NULL AND close_time < ? AND status <> 0 AND owner IS NULL ORDER BY close_time "
				+ "FETCH FIRST ? ROWS ONLY FOR UPDATE SKIP LOCKED"))) {
			ExecutionColumns.bindTime(statement, 1, time);
			statement.setInt(2, limit);
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					runIds.add(rows.getString(1));
				}
			}
		}
		return runIds;
	}

	@Override
	public boolean renew(Connection connection, String nodeId, Duration lease, @Nullable Long lockKey,
			boolean newlyLocked) throws SQLException {
		String lockedAt = newlyLocked ? clock() : "locked_at";
		try (PreparedStatement statement = connection
			.prepareStatement(sql("UPDATE {node} SET lease_until = " + clockPlusMicrosSql() + ", lock_key = ?, "
					+ "locked_at = " + lockedAt + " WHERE node_id = ? AND state = 'JOINED'"))) {
			statement.setLong(1, micros(lease));
			bindLong(statement, 2, lockKey);
			statement.setString(3, nodeId);
			return statement.executeUpdate() == 1;
		}
	}

	static long micros(Duration duration) {
		return duration.toNanos() / 1_000;
	}

	static void bindLong(PreparedStatement statement, int index, @Nullable Long value) throws SQLException {
		if (value != null) {
			statement.setLong(index, value);
		}
		else {
			statement.setNull(index, Types.BIGINT);
		}
	}

	/**
	 * A run to be inserted.
	 *
	 * @param write the run
	 * @param yields whether it is left out if a transaction of the application holds its
	 * workflow id
	 * @param workflowKey the hash of its workflow id
	 */
	record Creation(RunWrite write, boolean yields, byte[] workflowKey) {

		static Creation of(RunWrite write, boolean yields) {
			return new Creation(write, yields, WorkflowKey.of(write.record().key()));
		}

	}

}
