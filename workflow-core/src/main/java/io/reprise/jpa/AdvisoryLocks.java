package io.reprise.jpa;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Liveness by advisory locks of PostgreSQL: each node holds one in a session of its own,
 * which ends with its process.
 */
final class AdvisoryLocks implements NodeLiveness {

	private static final Logger logger = LoggerFactory.getLogger(AdvisoryLocks.class);

	private static final int NETWORK_TIMEOUT_MILLIS = 5_000;

	private static final String HELD = "SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.granted "
			+ "AND l.objsubid = 1 AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
			+ "AND ((l.classid::bigint << 32) | l.objid::bigint) = ";

	private final DataSource dataSource;

	private final WriteDialect dialect;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock, as all below. */
	private final Map<String, Connection> sessions = new HashMap<>();

	/**
	 * Until then, by {@code System.nanoTime()}, others get time to take their locks
	 * again.
	 */
	private long graceEnd = System.nanoTime();

	AdvisoryLocks(DataSource dataSource, WriteDialect dialect) {
		this.dataSource = dataSource;
		this.dialect = dialect;
	}

	@Override
	public Mark hold(String nodeId, Duration lease) {
		long key = keyOf(nodeId);
		lock.lock();
		try {
			Connection session = sessions.get(nodeId);
			if (session != null) {
				if (isHeld(session, key)) {
					return new Mark(key, false);
				}
				// What ended our session may have ended everybody's
				graceEnd = System.nanoTime() + lease.toNanos();
				release(nodeId);
			}
			Connection fresh = acquire(nodeId, key);
			if (fresh == null) {
				return Mark.NONE;
			}
			sessions.put(nodeId, fresh);
			return new Mark(key, true);
		}
		finally {
			lock.unlock();
		}
	}

	private static boolean isHeld(Connection session, long key) {
		try (PreparedStatement statement = session.prepareStatement(HELD + "? AND l.pid = pg_backend_pid()")) {
			statement.setLong(1, key);
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next();
			}
		}
		catch (SQLException ex) {
			logger.debug("The session that holds a node's lock has ended", ex);
			return false;
		}
	}

	private @Nullable Connection acquire(String nodeId, long key) {
		Connection session = null;
		try {
			session = HostPool.connect(dataSource);
			session.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
			session.setAutoCommit(true);
			if (tryLock(session, nodeId, key)) {
				return session;
			}
			logger.info("The lock of node {} is still held, presumably by its session before; its lease goes on",
					nodeId);
		}
		catch (SQLException ex) {
			logger.warn("Expected a session to hold the lock of node {}, but got none; if its process dies, "
					+ "others notice only when its lease is over", nodeId, ex);
		}
		close(session);
		return null;
	}

	private static boolean tryLock(Connection session, String nodeId, long key) throws SQLException {
		// The session idles all its life, which newer servers can be told to forbid
		try (PreparedStatement statement = session
			.prepareStatement("SELECT set_config('idle_session_timeout', '0', false) "
					+ "WHERE current_setting('server_version_num')::int >= 140000")) {
			statement.execute();
		}
		try (PreparedStatement statement = session
			.prepareStatement("SELECT set_config('application_name', ?, false), pg_try_advisory_lock(?)")) {
			statement.setString(1, "workflow node " + nodeId);
			statement.setLong(2, key);
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next() && rows.getBoolean(2);
			}
		}
	}

	@Override
	public void release(String nodeId) {
		lock.lock();
		try {
			close(sessions.remove(nodeId));
		}
		finally {
			lock.unlock();
		}
	}

	private static void close(@Nullable Connection session) {
		if (session == null) {
			return;
		}
		// A pool would keep the session, and with it the lock
		try (session) {
			if (!session.isClosed()) {
				try (PreparedStatement statement = session.prepareStatement("SELECT pg_advisory_unlock_all()")) {
					statement.execute();
				}
				session.setNetworkTimeout(Runnable::run, 0);
			}
		}
		catch (SQLException ex) {
			logger.debug("The session that held a node's lock had ended before", ex);
		}
	}

	/**
	 * A lease that is over is proof. A missing lock is proof only if the node took it
	 * after the server was started and our own session was not lost just now: otherwise
	 * the database went away for all, and the others come back as we do.
	 */
	@Override
	public void declareDead(Connection connection, String nodeId) throws SQLException {
		String sql = "UPDATE " + dialect.table("node") + " n SET state = 'DEAD' "
				+ "WHERE n.state = 'JOINED' AND n.node_id <> ? AND (n.lease_until < clock_timestamp() "
				+ "OR (? AND n.lock_key IS NOT NULL AND n.locked_at > pg_postmaster_start_time() " + "AND NOT EXISTS ("
				+ HELD + "n.lock_key)))";
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, nodeId);
			statement.setBoolean(2, judgesByLock(nodeId));
			statement.executeUpdate();
		}
	}

	private boolean judgesByLock(String nodeId) {
		lock.lock();
		try {
			return sessions.containsKey(nodeId) && System.nanoTime() - graceEnd >= 0;
		}
		finally {
			lock.unlock();
		}
	}

	@Override
	public void close() {
		lock.lock();
		try {
			sessions.values().forEach(AdvisoryLocks::close);
			sessions.clear();
		}
		finally {
			lock.unlock();
		}
	}

	private static long keyOf(String nodeId) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256")
				.digest(("workflow node " + nodeId).getBytes(StandardCharsets.UTF_8));
			return ByteBuffer.wrap(hash).getLong();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Expected SHA-256, which every JDK has", ex);
		}
	}

}
