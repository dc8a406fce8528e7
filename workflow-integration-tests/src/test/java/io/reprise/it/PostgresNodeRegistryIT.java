package io.reprise.it;

import com.zaxxer.hikari.HikariDataSource;

/**
 * Tests that tables in PostgreSQL keep the contract of a registry of nodes.
 */
class PostgresNodeRegistryIT extends JpaNodeRegistrySuite {

	@Override
	HikariDataSource openPool() {
		return PostgresServer.openPool(PostgresServer.createDatabase(getClass()));
	}

}
