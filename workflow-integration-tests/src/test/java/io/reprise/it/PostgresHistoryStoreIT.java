package io.reprise.it;

import com.zaxxer.hikari.HikariDataSource;

/**
 * Tests that tables in PostgreSQL keep the contract of a store.
 */
class PostgresHistoryStoreIT extends JpaHistoryStoreSuite {

	@Override
	HikariDataSource openPool() {
		return PostgresServer.openPool(PostgresServer.createDatabase(getClass()));
	}

}
