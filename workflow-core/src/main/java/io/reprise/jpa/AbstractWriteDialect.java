package io.reprise.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoredSnapshot;
import io.reprise.spi.StoredTransition;
import io.reprise.spi.WriteOutcome;
import org.jspecify.annotations.Nullable;

/** What both dialects have in common. */
abstract class AbstractWriteDialect implements WriteDialect {

	private static final Comparator<Slot> BY_RUN = Comparator.comparing(slot -> slot.write().record().key().runId());

	private static final Comparator<Heir> BY_KEY = Comparator
		.<Heir, byte[]>comparing(heir -> heir.creation().workflowKey(), Arrays::compare)
		.thenComparing(Heir::slot, BY_RUN);

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

	/**
	 * An expression for the database's time, as many microseconds from now as the
	 * parameter says.
	 */
	abstract String clockPlusMicrosSql();

	@Override
	public List<WriteOutcome> write(Connection connection, List<RunWrite> writes) throws SQLException {
		@Nullable WriteOutcome[] outcomes = new @Nullable WriteOutcome[writes.size()];
		List<Slot> updates = new ArrayList<>();
		List<Slot> creations = new ArrayList<>();
		for (int i = 0; i < outcomes.length; i++) {
			RunWrite write = writes.get(i);
			(write.isCreation() ? creations : updates).add(new Slot(i, write));
		}
		// All who write take their locks in one order: rows by run, then open keys
		updates.sort(BY_RUN);
		update(connection, updates, outcomes);
		refuseHeirsOfLosers(updates, creations, outcomes);
		create(connection, updates, creations, outcomes);
		List<RunWrite> winners = new ArrayList<>();
		for (int i = 0; i < outcomes.length; i++) {
			if (outcomes[i] == WriteOutcome.WRITTEN) {
				winners.add(writes.get(i));
			}
		}
		appendRemaining(connection, winners);
		storeSnapshots(connection, winners);
		List<WriteOutcome> result = new ArrayList<>(outcomes.length);
		for (WriteOutcome outcome : outcomes) {
			result.add((outcome != null) ? outcome : WriteOutcome.LOST_RACE);
		}
		return result;
	}

	private void update(Connection connection, List<Slot> updates, @Nullable WriteOutcome[] outcomes)
			throws SQLException {
		if (updates.isEmpty()) {
			return;
		}
		boolean[] updated = updateRuns(connection, updates.stream().map(Slot::write).toList());
		for (int i = 0; i < updated.length; i++) {
			Slot slot = updates.get(i);
			outcomes[slot.index()] = updated[i] ? WriteOutcome.WRITTEN : whyNotUpdated(connection, slot.write());
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

	/**
	 * A run that is created in the same commit as its predecessor is closed must not
	 * begin if the predecessor was not closed by us.
	 */
	private static void refuseHeirsOfLosers(List<Slot> updates, List<Slot> creations,
			@Nullable WriteOutcome[] outcomes) {
		creations.removeIf(creation -> {
			ExecutionKey key = creation.write().record().key();
			boolean orphan = updates.stream()
				.anyMatch(update -> outcomes[update.index()] != WriteOutcome.WRITTEN
						&& sameWorkflow(key, update.write().record().key()));
			if (orphan) {
				outcomes[creation.index()] = WriteOutcome.OPEN_RUN_EXISTS;
			}
			return orphan;
		});
	}

	private static boolean sameWorkflow(ExecutionKey one, ExecutionKey other) {
		return one.workflowId().equals(other.workflowId()) && one.namespace().equals(other.namespace());
	}

	private void create(Connection connection, List<Slot> updates, List<Slot> creations,
			@Nullable WriteOutcome[] outcomes) throws SQLException {
		if (creations.isEmpty()) {
			return;
		}
		List<Heir> heirs = new ArrayList<>(creations.size());
		for (Slot slot : creations) {
			heirs.add(new Heir(slot, Creation.of(slot.write(), !isHeir(slot, updates))));
		}
		heirs.sort(BY_KEY);
		boolean[] inserted = insertRuns(connection, heirs.stream().map(Heir::creation).toList(), updates.isEmpty());
		for (int i = 0; i < inserted.length; i++) {
			Slot slot = heirs.get(i).slot();
			outcomes[slot.index()] = inserted[i] ? WriteOutcome.WRITTEN
					: whyNotCreated(connection, slot.write().record().key());
		}
	}

	/**
	 * Whether a run takes the place of one that is closed in the same commit. Until then
	 * that one has the workflow id, so no transaction can hold it.
	 */
	private static boolean isHeir(Slot creation, List<Slot> updates) {
		ExecutionKey key = creation.write().record().key();
		for (Slot update : updates) {
			RunRecord other = update.write().record();
			if (other.status().isClosed() && sameWorkflow(key, other.key())) {
				return true;
			}
		}
		return false;
	}

	final WriteOutcome whyNotCreated(Connection connection, ExecutionKey key) throws SQLException {
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
			return outcome;
		}
	}

	@Override
	public final WriteOutcome createForCaller(Connection connection, RunWrite write) throws SQLException {
		hold(connection, write.record().key());
		if (!insertRuns(connection, List.of(Creation.of(write, false)), false)[0]) {
			return whyNotCreated(connection, write.record().key());
		}
		appendRemaining(connection, List.of(write));
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
				+ "WHERE close_time IS NOT NULL AND close_time < ? AND status <> 0 ORDER BY close_time "
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

	/** A write and its place in the list. */
	private record Slot(int index, RunWrite write) {

	}

	/** A creation and its place in the list. */
	private record Heir(Slot slot, Creation creation) {

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
