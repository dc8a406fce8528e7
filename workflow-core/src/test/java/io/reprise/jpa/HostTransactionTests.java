package io.reprise.jpa;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.spi.HistoryStore;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static io.reprise.spi.WriteOutcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

/** Transactions of the host on the calling thread go their own way. */
class HostTransactionTests {

	@TempDir
	Path directory;

	@ParameterizedTest
	@EnumSource
	void shouldNeitherJoinNorDisturbATransactionOfTheHost(Product product) {
		String url = switch (product) {
			case POSTGRESQL -> TestPostgres.newDatabase();
			case H2 -> "jdbc:h2:file:" + directory.resolve("host");
		};
		try (HikariDataSource pool = TestPostgres.pool(url);
				JpaPersistence persistence = new JpaPersistence(new TransactionAwareDataSourceProxy(pool),
						JpaSettings.defaults())) {
			HistoryStore store = persistence.historyStore();
			store.open();
			JdbcTemplate jdbc = new JdbcTemplate(pool);
			jdbc.execute("CREATE TABLE customer (id bigint PRIMARY KEY)");
			TransactionTemplate host = new TransactionTemplate(new DataSourceTransactionManager(pool));
			List<String> calls = new ArrayList<>();
			Writes alone = Writes.of("alone");
			Writes together = Writes.of("together");

			host.executeWithoutResult(status -> {
				TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
					@Override
					public void afterCompletion(int outcome) {
						calls.add((outcome == STATUS_ROLLED_BACK) ? "rolled back" : "other");
					}
				});
				jdbc.update("INSERT INTO customer VALUES (1)");
				assertThat(store.commit(List.of(alone.next()))).containsExactly(WRITTEN);
				assertThat(store.commit(List.of(together.next(), Writes.of("beside").next()))).containsExactly(WRITTEN,
						WRITTEN);
				assertThat(store.load(List.of(alone.runId(), together.runId()))).hasSize(2);
				assertThat(calls).isEmpty();
				assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isTrue();
				assertThat(TransactionSynchronizationManager.isCurrentTransactionReadOnly()).isFalse();
				assertThat(jdbc.queryForObject("SELECT count(*) FROM customer", Integer.class)).isOne();
				status.setRollbackOnly();
			});

			assertThat(calls).containsExactly("rolled back");
			assertThat(jdbc.queryForObject("SELECT count(*) FROM customer", Integer.class)).isZero();
			assertThat(store.find(alone.runId())).isPresent();
			assertThat(store.find(together.runId())).isPresent();
		}
	}

}
