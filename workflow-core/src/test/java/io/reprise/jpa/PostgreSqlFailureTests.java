package io.reprise.jpa;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.jpa.FaultyDataSource.Fault;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoreException;
import io.reprise.spi.StoreException.Outcome;
import org.junit.jupiter.api.Test;

import static io.reprise.spi.WriteOutcome.LOST_RACE;
import static io.reprise.spi.WriteOutcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Connections that end at the worst moments. */
class PostgreSqlFailureTests extends AbstractStoreTests {

	private HikariDataSource pool;

	private FaultyDataSource faulty;

	@Override
	DataSource createDataSource() {
		pool = TestPostgres.pool(TestPostgres.newDatabase());
		faulty = new FaultyDataSource(pool);
		return faulty;
	}

	@Override
	void closeStore() {
		persistence.close();
		pool.close();
	}

	private Outcome outcomeOf(List<RunWrite> writes, Fault fault) {
		faulty.fault = fault;
		StoreException[] thrown = new StoreException[1];
		try {
			assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.commit(writes))
				.satisfies(ex -> thrown[0] = ex);
		}
		finally {
			faulty.fault = null;
		}
		return thrown[0].outcome();
	}

	private Fault kill(String moment) {
		return (now, connection) -> {
			if (now.equals(moment)) {
				terminate(connection);
			}
		};
	}

	private void terminate(Connection victim) throws SQLException {
		int pid = victim.unwrap(org.postgresql.PGConnection.class).getBackendPID();
		try (Connection killer = pool.getConnection(); Statement statement = killer.createStatement()) {
			statement.execute("SELECT pg_terminate_backend(" + pid + ", 5000)");
		}
	}

	@Test
	void shouldKnowThatNothingWasWrittenBeforeTheCommit() {
		Writes one = Writes.of("killed-before-1");
		Writes two = Writes.of("killed-before-2");
		List<RunWrite> writes = List.of(one.next(), two.next());

		assertThat(outcomeOf(writes, kill("before execute"))).isEqualTo(Outcome.NOTHING_WRITTEN);

		assertThat(store.find(one.runId())).isEmpty();
		assertThat(store.commit(writes)).containsExactly(WRITTEN, WRITTEN);
	}

	@Test
	void shouldNotKnowAtTheCommit() {
		Writes one = Writes.of("killed-at-1");
		Writes two = Writes.of("killed-at-2");
		List<RunWrite> writes = List.of(one.next(), two.next());

		assertThat(outcomeOf(writes, kill("before commit"))).isEqualTo(Outcome.UNKNOWN);

		assertThat(store.find(one.runId())).isEmpty();
		assertThat(store.commit(writes)).containsExactly(WRITTEN, WRITTEN);
	}

	@Test
	void shouldNotKnowWhenTheAnswerToACommitIsLost() {
		Writes one = Writes.of("answer-lost-1");
		Writes two = Writes.of("answer-lost-2");
		List<RunWrite> writes = List.of(one.next(), two.next());

		Outcome outcome = outcomeOf(writes, (now, connection) -> {
			if (now.equals("after commit")) {
				throw new SQLException("An I/O error occurred", "08006");
			}
		});

		assertThat(outcome).isEqualTo(Outcome.UNKNOWN);
		assertThat(store.find(one.runId())).isPresent();
		assertThat(store.commit(writes)).containsExactly(LOST_RACE, LOST_RACE);
	}

	@Test
	void shouldNotKnowWhenALoneStatementIsCutOff() {
		Writes run = Writes.of("killed-alone");
		List<RunWrite> writes = List.of(run.next());

		assertThat(outcomeOf(writes, kill("before executeUpdate"))).isEqualTo(Outcome.UNKNOWN);
		assertThat(store.find(run.runId())).isEmpty();
		assertThat(store.commit(writes)).containsExactly(WRITTEN);
	}

	@Test
	void shouldTryOnceMoreAfterADeadlock() {
		for (String state : List.of("40001", "40P01")) {
			Writes one = Writes.of("deadlock-1-" + state);
			Writes two = Writes.of("deadlock-2-" + state);
			faulty.fault = failing("before execute", state, 1);

			assertThat(store.commit(List.of(one.next(), two.next()))).containsExactly(WRITTEN, WRITTEN);

			Writes alone = Writes.of("deadlock-alone-" + state);
			faulty.fault = failing("before executeUpdate", state, 1);
			assertThat(store.commit(List.of(alone.next()))).containsExactly(WRITTEN);
			faulty.fault = null;
		}
	}

	@Test
	void shouldSaySoWhenOneDeadlockFollowsAnother() {
		Writes one = Writes.of("deadlocks-1");
		Writes two = Writes.of("deadlocks-2");

		assertThat(outcomeOf(List.of(one.next(), two.next()), failing("before execute", "40P01", 2)))
			.isEqualTo(Outcome.NOTHING_WRITTEN);
	}

	private static Fault failing(String moment, String state, int times) {
		AtomicInteger left = new AtomicInteger(times);
		return (now, connection) -> {
			if (now.equals(moment) && left.getAndDecrement() > 0) {
				throw new SQLException("Made to fail", state);
			}
		};
	}

	@Test
	void shouldNotHoldUpOthersForEverWhenItHangs() throws SQLException {
		Writes one = Writes.of("hanging-1");
		Writes two = Writes.of("hanging-2");
		List<String> limits = new ArrayList<>();
		faulty.fault = (now, connection) -> {
			if (now.equals("before commit")) {
				limits.add(limitOnPauses(connection));
			}
		};

		store.commit(List.of(one.next(), two.next()));
		persistence.nodeRegistry().join("hanging-node", Duration.ofSeconds(15));
		persistence.nodeRegistry().adopt("nobody", "hanging-node", List.of("Order"), 10);
		faulty.fault = null;

		assertThat(limits).hasSize(3).containsOnly("10s");
		try (Connection connection = pool.getConnection()) {
			assertThat(limitOnPauses(connection)).as("of the application's own transactions").isEqualTo("0");
		}
	}

	@Test
	void shouldKnowThatNothingWasWrittenWhenItHungForTooLong() {
		Writes one = Writes.of("hung-1");
		Writes two = Writes.of("hung-2");
		List<RunWrite> writes = List.of(one.next(), two.next());

		Outcome outcome = outcomeOf(writes, (now, connection) -> {
			if (now.equals("after execute")) {
				throw new SQLException("terminating connection due to idle-in-transaction timeout", "25P03");
			}
		});

		assertThat(outcome).isEqualTo(Outcome.NOTHING_WRITTEN);
		assertThat(store.commit(writes)).containsExactly(WRITTEN, WRITTEN);
	}

	@Test
	void shouldKnowThatReadingWroteNothing() {
		Writes run = Writes.of("read-and-cut");
		store.commit(List.of(run.next()));
		faulty.fault = (now, connection) -> {
			if (now.equals("before commit")) {
				throw new SQLException("An I/O error occurred", "08006");
			}
		};

		try {
			assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.load(List.of(run.runId())))
				.satisfies(ex -> assertThat(ex.outcome()).isEqualTo(Outcome.NOTHING_WRITTEN));
			assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.find(run.runId()))
				.satisfies(ex -> assertThat(ex.outcome()).isEqualTo(Outcome.NOTHING_WRITTEN));
		}
		finally {
			faulty.fault = null;
		}
	}

	private static String limitOnPauses(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SHOW idle_in_transaction_session_timeout")) {
			rows.next();
			return rows.getString(1);
		}
	}

	@Test
	void shouldNotWaitForEverForARowThatSomebodyHolds() throws SQLException {
		Writes run = Writes.of("held");
		store.commit(List.of(run.next()));
		RunWrite write = run.next();
		try (Connection other = pool.getConnection(); Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("UPDATE workflow_execution SET task_queue = 'x' WHERE run_id = '" + run.runId() + "'");

			Fault impatient = (now, connection) -> {
				if (now.startsWith("before execute")) {
					try (Statement hurry = connection.createStatement()) {
						hurry.execute("SET lock_timeout = 50");
					}
				}
			};
			assertThat(outcomeOf(List.of(write), impatient)).isEqualTo(Outcome.NOTHING_WRITTEN);
			assertThat(outcomeOf(List.of(write, Writes.of("held-beside").next()), impatient))
				.isEqualTo(Outcome.NOTHING_WRITTEN);
			other.rollback();
		}
		pool.getHikariPoolMXBean().softEvictConnections();
		assertThat(store.commit(List.of(write))).containsExactly(WRITTEN);
	}

	@Test
	void shouldSayThatThePoolIsEmpty() throws SQLException {
		HikariDataSource tiny = TestPostgres.pool(pool.getJdbcUrl(), config -> {
			config.setMaximumPoolSize(2);
			config.setConnectionTimeout(1_500);
		});
		try (tiny; JpaPersistence another = new JpaPersistence(tiny, JpaSettings.defaults())) {
			another.historyStore().open();
			try (Connection one = tiny.getConnection(); Connection two = tiny.getConnection()) {
				assertThat(List.of(one, two)).hasSize(2);
				for (List<RunWrite> writes : List.of(List.of(Writes.of("empty-1").next()),
						List.of(Writes.of("empty-2").next(), Writes.of("empty-3").next()))) {
					assertThatExceptionOfType(StoreException.class)
						.isThrownBy(() -> another.historyStore().commit(writes))
						.satisfies(ex -> assertThat(ex.outcome()).isEqualTo(Outcome.NOTHING_WRITTEN));
				}
			}
		}
	}

	@Test
	void shouldWriteALoneTransitionAsOneStatement() {
		Writes run = Writes.of("one-statement");
		AtomicInteger statements = new AtomicInteger();
		faulty.fault = (now, connection) -> statements.incrementAndGet();
		try {
			store.commit(List.of(run.next(new byte[3], true)));
			store.commit(List.of(run.next(new byte[3], true)));
		}
		finally {
			faulty.fault = null;
		}

		// before and after, twice
		assertThat(statements).hasValue(4);
		assertThat(store.load(List.of(run.runId())).getFirst().tail()).isEmpty();
		assertThat(store.history(run.runId(), 1)).hasSize(2);
	}

	@Test
	void shouldUpdateInPlaceWhatHasNoIndex() throws SQLException {
		Writes run = Writes.of("hot").owner("node").due(Writes.START);
		store.commit(List.of(run.next()));
		long before = hotUpdates();
		for (int i = 0; i < 5; i++) {
			store.commit(List.of(run.overlay(new byte[i]).next()));
		}

		assertThat(hotUpdates() - before).isEqualTo(5);
	}

	private long hotUpdates() throws SQLException {
		try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("SELECT pg_stat_clear_snapshot()");
			try (ResultSet rows = statement.executeQuery("SELECT pg_stat_get_tuples_hot_updated("
					+ "'workflow_execution'::regclass) + pg_stat_get_xact_tuples_hot_updated("
					+ "'workflow_execution'::regclass)")) {
				rows.next();
				return rows.getLong(1);
			}
		}
	}

}
