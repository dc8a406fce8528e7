package io.reprise.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The common behaviour on PostgreSQL, and advisory locks. */
class PostgreSqlNodeTests extends NodeBehaviour {

	@Override
	DataSource createDataSource() {
		return TestPostgres.pool(TestPostgres.newDatabase());
	}

	@Test
	void shouldTakeALostSessionForTheEndOfAProcess() throws SQLException {
		try (JpaPersistence survivor = newPersistence()) {
			String me = nodeId("me");
			String victim = nodeId("victim");
			survivor.nodeRegistry().join(me, LEASE);
			nodes.join(victim, LEASE);
			killSessionOf(victim);

			Awaitility.await()
				.until(() -> survivor.nodeRegistry()
					.findGone(me)
					.stream()
					.anyMatch(gone -> gone.nodeId().equals(victim)));

			assertThat(nodes.renew(victim, LEASE)).isFalse();
			survivor.nodeRegistry().leave(me, true);
		}
	}

	@Test
	void shouldTakeItsLockAgainBeforeOthersNotice() throws SQLException {
		String me = nodeId("me");
		String shaken = nodeId("shaken");
		nodes.join(me, LEASE);
		nodes.join(shaken, LEASE);
		killSessionOf(shaken);
		Awaitility.await().until(() -> sessionsOf(shaken) == 0);

		assertThat(nodes.renew(shaken, LEASE)).isTrue();

		assertThat(sessionsOf(shaken)).isOne();
		assertThat(sees(me, shaken)).isFalse();
		nodes.leave(me, true);
		nodes.leave(shaken, true);
		Awaitility.await().until(() -> sessionsOf(shaken) == 0);
	}

	@Test
	void shouldNotJudgeByLocksJustAfterItsOwnWasLost() throws SQLException {
		try (JpaPersistence one = newPersistence(); JpaPersistence two = newPersistence()) {
			String me = nodeId("me");
			String other = nodeId("other");
			one.nodeRegistry().join(me, LEASE);
			two.nodeRegistry().join(other, LEASE);
			killSessionOf(me);
			killSessionOf(other);
			Awaitility.await().until(() -> sessionsOf(other) + sessionsOf(me) == 0);

			assertThat(one.nodeRegistry().renew(me, LEASE)).isTrue();

			assertThat(one.nodeRegistry().findGone(me)).noneMatch(gone -> gone.nodeId().equals(other));
			assertThat(two.nodeRegistry().renew(other, LEASE)).isTrue();
			one.nodeRegistry().leave(me, true);
			two.nodeRegistry().leave(other, true);
		}
	}

	@Test
	void shouldLiveByLeasesAloneIfTold() {
		try (JpaPersistence process = new JpaPersistence(dataSource, new JpaSettings(null, false, true, false))) {
			process.historyStore().open();
			String me = nodeId("leases");
			process.nodeRegistry().join(me, LEASE);

			assertThat(sessionsOf(me)).isZero();
			assertThat(sees(nodeId("other"), me)).isFalse();
			process.nodeRegistry().leave(me, true);
		}
	}

	private void killSessionOf(String node) throws SQLException {
		query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = left(?, 63)", node);
	}

	private int sessionsOf(String node) {
		try {
			return query("SELECT count(*) FROM pg_stat_activity WHERE application_name = left(?, 63)", node);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private int query(String sql, String node) throws SQLException {
		try (Connection connection = dataSource.getConnection();
				PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, "workflow node " + node);
			try (ResultSet rows = statement.executeQuery()) {
				rows.next();
				return sql.contains("count") ? rows.getInt(1) : 0;
			}
		}
	}

}
