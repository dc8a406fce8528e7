package io.reprise.jpa;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings commits of H2 to the disk. {@code CHECKPOINT SYNC} writes what was committed and
 * makes the operating system put the file on the disk. Without write delay the commit
 * itself has written to the file already: older versions of H2 leave that out of the
 * checkpoint when they find the file worth compacting.
 */
final class H2Disk {

	private static final Logger logger = LoggerFactory.getLogger(H2Disk.class);

	private final boolean file;

	private final boolean syncs;

	private final ReentrantLock lock = new ReentrantLock();

	/** Counts what was committed. */
	private final AtomicLong committed = new AtomicLong();

	/** How many of {@link #committed} are on the disk. Guarded by the lock. */
	private long synced;

	private H2Disk(boolean file, boolean syncs) {
		this.file = file;
		this.syncs = syncs;
	}

	/**
	 * Checks that the database keeps what it acknowledges, and makes it do so.
	 * @param connection in auto-commit
	 */
	static H2Disk prepare(Connection connection, boolean allowInMemory) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			if (isInMemory(statement)) {
				if (!allowInMemory) {
					throw refused(connection.getMetaData().getURL());
				}
				logger.warn("Workflows are kept in memory only ({}); all are lost when this process ends",
						connection.getMetaData().getURL());
				return new H2Disk(false, false);
			}
			return new H2Disk(true, stopDelay(statement));
		}
	}

	/** Whether the database is more than memory. */
	boolean isFile() {
		return file;
	}

	private static boolean isInMemory(Statement statement) throws SQLException {
		try (ResultSet rows = statement.executeQuery("CALL DATABASE_PATH()")) {
			rows.next();
			String path = rows.getString(1);
			return path == null || path.contains("memFS:") || path.contains("memLZF:") || path.contains("MemFS:")
					|| path.contains("MemLZF:");
		}
	}

	private static WorkflowException refused(String url) {
		return new WorkflowException(ErrorCode.STORE_NOT_DURABLE, "Expected a database that keeps what it "
				+ "acknowledges, but " + url + " is an H2 database in memory, which forgets all workflows at its end. "
				+ "Use a file, as in spring.datasource.url=jdbc:h2:file:./data/workflow;DB_CLOSE_ON_EXIT=FALSE, or PostgreSQL; "
				+ "to accept the loss, as in tests, set workflow.embedded.allow-in-memory=true");
	}

	private static boolean stopDelay(Statement statement) throws SQLException {
		try {
			statement.execute("SET WRITE_DELAY 0");
			statement.execute("CHECKPOINT SYNC");
			return true;
		}
		catch (SQLException ex) {
			if (!"90040".equals(ex.getSQLState())) {
				throw ex;
			}
			logger.warn("Commits of workflows may be lost in a crash: Expected a database user with ADMIN rights, "
					+ "which H2 asks for SET WRITE_DELAY 0 and CHECKPOINT SYNC, but it has none. "
					+ "Run ALTER USER ... ADMIN TRUE, or use PostgreSQL");
			return false;
		}
	}

	/**
	 * Returns when all that was committed before the call is on the disk. Callers that
	 * come while one is at it share the next turn.
	 * @param checkpoint does it
	 */
	void sync(SqlRunnable checkpoint) throws SQLException {
		if (!syncs) {
			return;
		}
		long mine = committed.incrementAndGet();
		lock.lock();
		try {
			if (synced >= mine) {
				return;
			}
			long covered = committed.get();
			checkpoint.run();
			synced = covered;
		}
		finally {
			lock.unlock();
		}
	}

	/** Runs {@code CHECKPOINT SYNC}. */
	@FunctionalInterface
	interface SqlRunnable {

		void run() throws SQLException;

	}

}
