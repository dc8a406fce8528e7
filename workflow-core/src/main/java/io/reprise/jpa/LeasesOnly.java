package io.reprise.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** Liveness by leases alone. */
final class LeasesOnly implements NodeLiveness {

	private final WriteDialect dialect;

	LeasesOnly(WriteDialect dialect) {
		this.dialect = dialect;
	}

	@Override
	public Mark hold(String nodeId, Duration lease) {
		return Mark.NONE;
	}

	@Override
	public void release(String nodeId) {
		// there is nothing but the lease
	}

	@Override
	public void declareDead(Connection connection, String nodeId) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("UPDATE " + dialect.table("node")
				+ " SET state = 'DEAD' WHERE state = 'JOINED' AND node_id <> ? AND lease_until < " + dialect.clock())) {
			statement.setString(1, nodeId);
			statement.executeUpdate();
		}
	}

	@Override
	public void close() {
		// there is nothing but the lease
	}

}
