package io.reprise.jpa;

import javax.sql.DataSource;

/** The common behaviour, on PostgreSQL. */
class PostgreSqlStoreTests extends StoreBehaviour {

	@Override
	DataSource createDataSource() {
		return TestPostgres.pool(TestPostgres.newDatabase());
	}

}
