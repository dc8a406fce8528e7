package io.reprise.it;

import java.time.Duration;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.jpa.JpaPersistence;
import io.reprise.jpa.JpaSettings;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.NodeRegistry.GoneNode;
import io.reprise.testkit.NodeRegistryContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of a registry of nodes, for the one in tables. Which database is up to
 * subclasses.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class JpaNodeRegistrySuite extends NodeRegistryContract {

	private static final Duration LEASE = Duration.ofHours(1);

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

	@Override
	protected NodeRegistry createRegistry(HistoryStore opened) {
		return database.persistence().nodeRegistry();
	}

	@Override
	protected void letPass(Duration duration) {
		JpaDatabase.letPass(store(), duration);
	}

	@Test
	void shouldNoticeAtOnceThatAProcessIsGone() {
		registry().join("survivor", LEASE);
		try (JpaPersistence other = new JpaPersistence(database.pool(), JpaSettings.defaults())) {
			other.historyStore().open();
			other.nodeRegistry().join("dying", LEASE);
			assertThat(registry().findGone("survivor")).isEmpty();
		}

		assertThat(registry().findGone("survivor")).containsExactly(new GoneNode("dying", false));
		assertThat(registry().renew("dying", LEASE)).isFalse();
		assertThat(registry().adopt("dying", "survivor", List.of("ProcessOrder"), 10)).isEmpty();
		assertThat(registry().forget("dying")).isTrue();
	}

}
