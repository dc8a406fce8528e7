package io.reprise.it;

import com.zaxxer.hikari.HikariDataSource;

/**
 * Tests that tables in PostgreSQL keep the contract of a store when the application's
 * pool and driver are not set as usual: no auto-commit, another isolation, batches
 * rewritten.
 */
class PostgresTunedHistoryStoreIT extends JpaHistoryStoreSuite {

	@Override
	HikariDataSource openPool() {
		HikariDataSource pool = PostgresServer
			.openPool(PostgresServer.createDatabase(getClass()) + "&reWriteBatchedInserts=true");
		pool.setAutoCommit(false);
		pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
		return pool;
	}

}
