package io.reprise.jpa;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings commits of H2 to the disk. Both halves are needed: without write delay a commit
 * writes its chunk to the file before it returns, in the committing thread; and
 * {@code CHECKPOINT SYNC} makes the operating system put the file on the disk. The
 * checkpoint alone is not enough: when it compacts the file it leaves out what was not
 * written yet.
 */
final class H2Disk {

	private static final Logger logger = LoggerFactory.getLogger(H2Disk.class);

	private final boolean syncs;

	private final ReentrantLock lock = new ReentrantLock();

	/** Counts what was committed. */
	private final AtomicLong committed = new AtomicLong();

	/** How many of {@link #committed} are on the disk. Guarded by the lock. */
	private long synced;

	private H2Disk(boolean syncs) {
		this.syncs = syncs;
	}

	/**
	 * Checks that the database keeps what it acknowledges, and makes it do so.
	 * @param connection in auto-commit
	 * @param url the host's URL if it is known: it may tell more than the connection does
	 */
	static H2Disk prepare(Connection connection, @Nullable String url, boolean allowInMemory) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			if (isInMemory(statement)) {
				if (!allowInMemory) {
					throw refused("is an H2 database in memory, which forgets all workflows at its end",
							connection.getMetaData().getURL());
				}
				logger.warn("Workflows are kept in memory only ({}); all are lost when this process ends",
						connection.getMetaData().getURL());
				return new H2Disk(false);
			}
			if (url != null
					&& url.replace(" ", "").toUpperCase(java.util.Locale.ROOT).matches(".*;WRITE_DELAY=0*[1-9].*")) {
				throw refused("delays its writes (WRITE_DELAY), which loses acknowledged work in a crash", url);
			}
			return new H2Disk(stopDelay(statement));
		}
	}

	private static boolean isInMemory(Statement statement) throws SQLException {
		try (ResultSet rows = statement.executeQuery("CALL DATABASE_PATH()")) {
			rows.next();
			String path = rows.getString(1);
			return path == null || path.contains("memFS:") || path.contains("memLZF:") || path.contains("MemFS:")
					|| path.contains("MemLZF:");
		}
	}

	private static WorkflowException refused(String why, @Nullable String url) {
		return new WorkflowException(ErrorCode.STORE_NOT_DURABLE,
				"Expected a database that keeps what it acknowledges, " + "but " + url + " " + why
						+ ". Use a file, as in spring.datasource.url=jdbc:h2:file:./data/workflow, "
						+ "or PostgreSQL; to accept the loss, as in tests, set workflow.embedded.allow-in-memory=true.");
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
					+ "Run ALTER USER ... ADMIN TRUE, or use PostgreSQL.");
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
