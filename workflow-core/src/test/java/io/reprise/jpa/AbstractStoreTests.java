package io.reprise.jpa;

import javax.sql.DataSource;

import io.reprise.spi.HistoryStore;
import io.reprise.spi.NodeRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * Opens a store on one database for all tests of a class; each test uses ids of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractStoreTests {

	DataSource dataSource;

	JpaPersistence persistence;

	HistoryStore store;

	NodeRegistry nodes;

	abstract DataSource createDataSource() throws Exception;

	@BeforeAll
	void openStore() throws Exception {
		dataSource = createDataSource();
		persistence = newPersistence();
		store = persistence.historyStore();
		nodes = persistence.nodeRegistry();
	}

	/** Another store on the same database, as another process would have. */
	JpaPersistence newPersistence() {
		JpaPersistence another = new JpaPersistence(dataSource, JpaSettings.defaults());
		another.historyStore().open();
		return another;
	}

	@AfterAll
	void closeStore() throws Exception {
		persistence.close();
		((AutoCloseable) dataSource).close();
	}

}
