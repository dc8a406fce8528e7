package io.reprise.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.reprise.jpa.StoreErrors.Stage;
import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A database that was reached, migrated and checked: runs work on it in the right kind of
 * transaction and thread, and tells what became of it.
 */
final class OpenStore implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(OpenStore.class);

	private final DataSource dataSource;

	private final Site site;

	private final WriteDialect dialect;

	private final PersistenceUnit unit;

	private final Tables tables;

	private final TransactionTemplate reading;

	private final TransactionTemplate readingConsistently;

	private final TransactionTemplate writing;

	OpenStore(DataSource dataSource, Site site, WriteDialect dialect, PersistenceUnit unit) {
		this.dataSource = dataSource;
		this.site = site;
		this.dialect = dialect;
		this.unit = unit;
		this.tables = Tables.of(unit.entityManager());
		reading = new TransactionTemplate(unit.transactionManager());
		reading.setReadOnly(true);
		readingConsistently = new TransactionTemplate(unit.transactionManager());
		readingConsistently.setReadOnly(true);
		writing = new TransactionTemplate(unit.transactionManager());
		if (site.product() == Product.H2) {
			// H2 takes the state of all tables at once only from this level on
			readingConsistently.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
		}
		if (!site.readCommittedByDefault()) {
			// Asked for only if needed: the driver makes a round trip of it
			writing.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		}
	}

	Site site() {
		return site;
	}

	WriteDialect dialect() {
		return dialect;
	}

	PersistenceUnit unit() {
		return unit;
	}

	Tables tables() {
		return tables;
	}

	/** Whether a lone transition may go as one statement. */
	boolean writesAlone() {
		return dialect.writesAlone() && site.readCommittedByDefault();
	}

	/** Runs queries. Each may see another state. */
	<T extends @Nullable Object> T read(String what, Supplier<T> work) {
		return site.call(() -> transact(reading, what, work));
	}

	/** Runs queries that all see the same state. */
	<T extends @Nullable Object> T readConsistently(String what, Supplier<T> work) {
		return site.call(() -> transact(readingConsistently, what, () -> {
			unit.onConnection(connection -> {
				dialect.readConsistently(connection);
				return true;
			});
			return work.get();
		}));
	}

	/** Runs a transaction; it is on the disk when this returns. */
	<T extends @Nullable Object> T write(String what, SqlWork<T> work) {
		return writeAll(what, connection -> {
			dialect.beginWriting(connection);
			return work.on(connection);
		});
	}

	/**
	 * Runs a transaction that begins itself as {@link WriteDialect#beginWriting} does; it
	 * is on the disk when this returns.
	 */
	<T extends @Nullable Object> T writeAll(String what, SqlWork<T> work) {
		return site.call(() -> {
			T result = transact(writing, what, () -> unit.onConnection(work));
			syncToDisk(what);
			return result;
		});
	}

	/** Runs a transaction whose loss in a power failure would do no harm. */
	<T extends @Nullable Object> T writeLazily(String what, Supplier<T> work) {
		return site.call(() -> transact(writing, what, () -> {
			unit.onConnection(connection -> {
				dialect.beginWriting(connection);
				return true;
			});
			return work.get();
		}));
	}

	/** Runs one statement that commits itself; it is on the disk when this returns. */
	<T extends @Nullable Object> T statement(String what, SqlWork<T> work) {
		return site.call(() -> {
			T result = autoCommitted(what, work);
			syncToDisk(what);
			return result;
		});
	}

	private <T extends @Nullable Object> T transact(TransactionTemplate template, String what, Supplier<T> work) {
		Stage[] stage = { Stage.BEFORE_COMMIT };
		try {
			return template.execute(status -> {
				T result = work.get();
				// Of a transaction that only reads, nothing can be written
				stage[0] = template.isReadOnly() ? Stage.BEFORE_COMMIT : Stage.COMMITTING;
				return result;
			});
		}
		catch (RuntimeException ex) {
			throw StoreErrors.translate(what, stage[0], ex);
		}
	}

	private <T extends @Nullable Object> T autoCommitted(String what, SqlWork<T> work) {
		Stage stage = Stage.BEFORE_COMMIT;
		Connection connection = null;
		try {
			connection = dataSource.getConnection();
			boolean autoCommit = connection.getAutoCommit();
			if (!autoCommit) {
				connection.setAutoCommit(true);
			}
			stage = Stage.SELF_COMMITTING;
			T result = work.on(connection);
			if (!autoCommit) {
				restore(connection);
			}
			return result;
		}
		catch (SQLException | RuntimeException ex) {
			throw StoreErrors.translate(what, stage, ex);
		}
		finally {
			release(connection);
		}
	}

	private static void restore(Connection connection) {
		try {
			connection.setAutoCommit(false);
		}
		catch (SQLException ex) {
			logger.debug("The pool gets back a connection in auto-commit, as it could not be changed", ex);
		}
	}

	/**
	 * The outcome is known: a connection that breaks on its way back to the pool does not
	 * change it.
	 */
	private static void release(@Nullable Connection connection) {
		if (connection == null) {
			return;
		}
		try {
			connection.close();
		}
		catch (SQLException ex) {
			logger.debug("A connection broke on its way back to the pool", ex);
		}
	}

	private void syncToDisk(String what) {
		H2Disk disk = site.disk();
		if (disk == null) {
			return;
		}
		try {
			disk.sync(() -> autoCommitted(what, OpenStore::checkpoint));
		}
		catch (SQLException | RuntimeException ex) {
			throw StoreErrors.translate(what, Stage.COMMITTING, ex);
		}
	}

	private static boolean checkpoint(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			return statement.execute("CHECKPOINT SYNC");
		}
	}

	@Override
	public void close() {
		unit.close();
		site.close();
	}

	/**
	 * Where all is read.
	 *
	 * @param executions runs
	 * @param histories histories
	 * @param snapshots snapshots
	 * @param inbox the inbox
	 * @param nodes nodes
	 * @param payloads large payloads
	 */
	record Tables(ExecutionTable executions, HistoryTable histories, SnapshotTable snapshots, InboxTable inbox,
			NodeTable nodes, PayloadTable payloads) {

		static Tables of(EntityManager entityManager) {
			return new Tables(new ExecutionTable(entityManager), new HistoryTable(entityManager),
					new SnapshotTable(entityManager), new InboxTable(entityManager), new NodeTable(entityManager),
					new PayloadTable(entityManager));
		}

	}

}
