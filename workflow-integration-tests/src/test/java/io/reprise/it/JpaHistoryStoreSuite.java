package io.reprise.it;

import java.time.Instant;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.WorkflowStatus;
import io.reprise.jpa.JpaPersistence;
import io.reprise.jpa.JpaSettings;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoreException;
import io.reprise.spi.StoreException.Outcome;
import io.reprise.spi.StoredTransition;
import io.reprise.spi.WriteOutcome;
import io.reprise.testkit.HistoryStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The contract of a store, for the one in tables. Which database is up to subclasses.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class JpaHistoryStoreSuite extends HistoryStoreContract {

	private JpaDatabase database;

	/**
	 * Opens a pool on an empty database.
	 * @return the pool, which the suite closes
	 */
	abstract HikariDataSource openPool();

	@BeforeAll
	void openDatabase() {
		database = new JpaDatabase(openPool());
	}

	@AfterAll
	void closeDatabase() {
		if (database != null) {
			database.close();
		}
	}

	@Override
	protected HistoryStore createStore() {
		database.clear();
		return database.persistence().historyStore();
	}

	@Test
	void shouldRefuseWhatTheTablesCannotKeepAndWriteNothing() {
		RunWrite good = creation("order-1", 1);
		RunWrite poison = creation("x".repeat(1001), 2);

		for (List<RunWrite> writes : List.of(List.of(poison), List.of(good, poison), List.of(poison, good))) {
			assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store().commit(writes))
				.satisfies(ex -> assertThat(ex.outcome()).isEqualTo(Outcome.REFUSED));
		}

		assertThat(store().find(good.record().key().runId())).isEmpty();
		assertThat(store().commit(List.of(good))).containsExactly(WriteOutcome.WRITTEN);
	}

	@Test
	void shouldShowASecondProcessWhatItWrote() {
		RunWrite write = creation("order-1", 3);
		store().commit(List.of(write));

		try (JpaPersistence other = new JpaPersistence(database.pool(), JpaSettings.defaults())) {
			other.historyStore().open();
			assertThat(other.historyStore().find(write.record().key().runId())).get()
				.usingRecursiveComparison()
				.isEqualTo(write.record());
		}
		store().open();
		assertThat(store().find(write.record().key().runId())).isPresent();
	}

	private static RunWrite creation(String workflowId, int number) {
		ExecutionKey key = new ExecutionKey(ExecutionKey.DEFAULT_NAMESPACE, workflowId,
				"019d0000-0000-7000-8000-%012x".formatted(number));
		RunRecord run = new RunRecord(key, "ProcessOrder", "default", "request", WorkflowStatus.RUNNING, 1, null, null,
				Instant.parse("2026-03-01T12:00:00Z"), null, 1, 10, null, null);
		return new RunWrite(run, 0, new StoredTransition(1, new byte[10]), null);
	}

}
