package io.reprise.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Liveness on a database that one process has for itself: a node which is not of this
 * process is of one that died. Among the nodes of this process leases count.
 */
final class SameProcess implements NodeLiveness {

	/** All nodes of this process, whichever {@link JpaPersistence} they use. */
	private static final Set<String> LIVE = ConcurrentHashMap.newKeySet();

	private final NodeLiveness leases;

	private final WriteDialect dialect;

	private final Set<String> mine = ConcurrentHashMap.newKeySet();

	SameProcess(WriteDialect dialect) {
		this.leases = new LeasesOnly(dialect);
		this.dialect = dialect;
	}

	@Override
	public Mark hold(String nodeId, Duration lease) {
		mine.add(nodeId);
		LIVE.add(nodeId);
		return Mark.NONE;
	}

	@Override
	public void release(String nodeId) {
		mine.remove(nodeId);
		LIVE.remove(nodeId);
	}

	@Override
	public void declareDead(Connection connection, String nodeId) throws SQLException {
		leases.declareDead(connection, nodeId);
		List<String> dead = new ArrayList<>();
		try (PreparedStatement statement = connection
			.prepareStatement("SELECT node_id FROM " + dialect.table("node") + " WHERE state = 'JOINED'");
				ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				if (!rows.getString(1).equals(nodeId) && !LIVE.contains(rows.getString(1))) {
					dead.add(rows.getString(1));
				}
			}
		}
		try (PreparedStatement statement = connection.prepareStatement(
				"UPDATE " + dialect.table("node") + " SET state = 'DEAD' WHERE state = 'JOINED' AND node_id = ?")) {
			for (String one : dead) {
				statement.setString(1, one);
				statement.executeUpdate();
			}
		}
	}

	@Override
	public void close() {
		LIVE.removeAll(mine);
		mine.clear();
	}

}
