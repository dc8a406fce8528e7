package io.reprise.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javax.sql.DataSource;

import io.reprise.WorkflowException;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.CallerTransaction;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.RunWrite;
import io.reprise.spi.WriteOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The transaction that Spring has bound to the calling thread, whichever transaction
 * manager began it. Works on its connection, in its thread.
 */
final class HostTransaction implements CallerTransaction {

	private static final Logger logger = LoggerFactory.getLogger(HostTransaction.class);

	private static final String COLUMNS = "SELECT namespace, workflow_id, run_id, workflow_type, status, "
			+ "start_request_id, history_events, history_bytes, start_time FROM {execution} WHERE ";

	private final JpaPersistence persistence;

	private final DataSource database;

	HostTransaction(JpaPersistence persistence, DataSource dataSource) {
		this.persistence = persistence;
		this.database = innermost(dataSource);
	}

	private static DataSource innermost(DataSource dataSource) {
		DataSource current = dataSource;
		while (current instanceof DelegatingDataSource proxy && proxy.getTargetDataSource() != null) {
			current = proxy.getTargetDataSource();
		}
		return current;
	}

	@Override
	public Standing standing() {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			return Standing.NONE;
		}
		DataSource bound = bound();
		if (bound == null || !TransactionSynchronizationManager.isSynchronizationActive() || !isInTransaction(bound)) {
			return Standing.ELSEWHERE;
		}
		return TransactionSynchronizationManager.isCurrentTransactionReadOnly() ? Standing.READ_ONLY
				: Standing.JOINABLE;
	}

	/**
	 * What Spring knows the transaction's connection by: the application may have put
	 * something around the {@code DataSource}.
	 */
	private @Nullable DataSource bound() {
		if (TransactionSynchronizationManager.getResource(database) instanceof ConnectionHolder) {
			return database;
		}
		return TransactionSynchronizationManager.getResourceMap()
			.entrySet()
			.stream()
			.filter(resource -> resource.getValue() instanceof ConnectionHolder)
			.map(resource -> (resource.getKey() instanceof DataSource key) ? key : null)
			.filter(key -> key != null && innermost(key) == database)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Within a transaction of something else, Spring binds connections too, each of which
	 * commits its statements one by one.
	 */
	private static boolean isInTransaction(DataSource bound) {
		Connection connection = DataSourceUtils.getConnection(bound);
		try {
			return !connection.getAutoCommit();
		}
		catch (SQLException ex) {
			throw StoreErrors.inTransaction("look at the caller's transaction", ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, bound);
		}
	}

	@Override
	public Optional<Found> findLatest(String namespace, String workflowId) {
		byte[] key = WorkflowKey.of(namespace, workflowId);
		return onConnection("find the latest run of workflow " + workflowId, (dialect, connection) -> {
			Found open = findOne(connection, dialect, "open_key = ?", key);
			return Optional.ofNullable((open != null) ? open : findOne(connection, dialect,
					"workflow_key = ? ORDER BY start_time DESC, run_id DESC FETCH FIRST 1 ROWS ONLY", key));
		});
	}

	@Override
	public Optional<Found> find(String runId) {
		return onConnection("find run " + runId,
				(dialect, connection) -> Optional.ofNullable(findOne(connection, dialect, "run_id = ?", runId)));
	}

	private static @Nullable Found findOne(Connection connection, WriteDialect dialect, String condition,
			Object parameter) throws SQLException {
		String sql = COLUMNS.replace("{execution}", dialect.table("execution")) + condition;
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setObject(1, parameter);
			try (ResultSet row = statement.executeQuery()) {
				return row.next()
						? new Found(new ExecutionKey(row.getString(1), row.getString(2), row.getString(3)),
								row.getString(4), StatusCodes.statusOf(row.getShort(5)), row.getString(6),
								row.getLong(7), row.getLong(8), row.getObject(9, OffsetDateTime.class).toInstant())
						: null;
			}
		}
	}

	@Override
	public WriteOutcome create(RunWrite write) {
		ExecutionKey key = write.record().key();
		Part part = part();
		WriteOutcome outcome = onConnection("start " + key, (dialect, connection) -> {
			// Whatever happens, it is released
			part.held.add(key);
			return dialect.createForCaller(connection, write);
		});
		if (outcome == WriteOutcome.WRITTEN) {
			part.created.add(key);
		}
		return outcome;
	}

	@Override
	public void offer(InboxEntry entry, boolean mustArrive) {
		onConnection("leave a command for " + entry.key(), (dialect, connection) -> {
			dialect.leave(connection, entry);
			return true;
		});
		part().messaged(entry.key().runId(), mustArrive);
	}

	@Override
	public void whenEnded(Listener listener) {
		part().listeners.add(listener);
	}

	@Override
	public @Nullable ExecutionKey created(ExecutionKey key) {
		Part part = TransactionSynchronizationManager.isSynchronizationActive() ? existingPart() : null;
		return (part != null) ? part.created(key) : null;
	}

	private <T> T onConnection(String what, Work<T> work) {
		WriteDialect dialect = persistence.store().dialect();
		DataSource bound = bound();
		if (bound == null) {
			throw new IllegalStateException("Expected a transaction on the database of workflows, but there is none");
		}
		Connection connection = DataSourceUtils.getConnection(bound);
		try {
			return work.on(dialect, connection);
		}
		catch (SQLException ex) {
			throw StoreErrors.inTransaction(what, ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, bound);
		}
	}

	private Part part() {
		Part existing = existingPart();
		if (existing != null) {
			return existing;
		}
		Part part = new Part(persistence.store().dialect());
		TransactionSynchronizationManager.registerSynchronization(part);
		return part;
	}

	/**
	 * Spring takes the synchronizations off the thread while another transaction runs in
	 * between, which is what makes this one of the transaction, not of the thread.
	 */
	private @Nullable Part existingPart() {
		for (TransactionSynchronization each : TransactionSynchronizationManager.getSynchronizations()) {
			if (each instanceof Part part && part.owner() == this) {
				return part;
			}
		}
		return null;
	}

	/**
	 * Work on the transaction's connection.
	 *
	 * @param <T> its result
	 */
	@FunctionalInterface
	private interface Work<T> {

		T on(WriteDialect dialect, Connection connection) throws SQLException;

	}

	/** What one transaction has done with workflows. */
	private final class Part implements TransactionSynchronization {

		private final WriteDialect dialect;

		private final List<ExecutionKey> held = new ArrayList<>();

		private final List<ExecutionKey> created = new ArrayList<>();

		private final LeftMessages messages = new LeftMessages();

		private final Set<Listener> listeners = new LinkedHashSet<>();

		Part(WriteDialect dialect) {
			this.dialect = dialect;
		}

		HostTransaction owner() {
			return HostTransaction.this;
		}

		void messaged(String runId, boolean mustArrive) {
			boolean late = messages.isAnnounced();
			messages.add(runId, mustArrive);
			if (late) {
				announce();
			}
		}

		@Nullable ExecutionKey created(ExecutionKey key) {
			for (ExecutionKey each : created.reversed()) {
				boolean same = key.runId().isEmpty()
						? each.workflowId().equals(key.workflowId()) && each.namespace().equals(key.namespace())
						: each.runId().equals(key.runId());
				if (same) {
					return each;
				}
			}
			return null;
		}

		@Override
		public void beforeCommit(boolean readOnly) {
			if (messages.needsAnnouncement()) {
				HostEntityManagers.flush();
				announce();
			}
		}

		/**
		 * What others do before the commit may leave the first message, when Spring has
		 * asked all that it knew of then. Too late to refuse the commit, not to announce
		 * the message.
		 */
		@Override
		public void beforeCompletion() {
			if (messages.needsAnnouncement()) {
				try {
					announce();
				}
				catch (WorkflowException ex) {
					logger.debug("A transaction that rolls back need not announce its messages; "
							+ "one that commits sends some to runs that have ended", ex);
				}
			}
		}

		private void announce() {
			onConnection("commit messages to workflows", (writes, connection) -> {
				messages.announce(writes, connection);
				return true;
			});
		}

		@Override
		public void afterCompletion(int status) {
			held.forEach(dialect::release);
			if (status == STATUS_ROLLED_BACK) {
				return;
			}
			for (Listener listener : listeners) {
				try {
					listener.ended(messages.runIds());
				}
				catch (RuntimeException ex) {
					logger.warn("Expected to be able to tell of a transaction's end, but it failed; "
							+ "what it has started and sent is found by the next sweep", ex);
				}
			}
		}

	}

}
