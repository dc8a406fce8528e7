package io.reprise.jpa;

import javax.sql.DataSource;

/** The common behaviour, on PostgreSQL. */
class PostgreSqlUpkeepTests extends UpkeepBehaviour {

	@Override
	DataSource createDataSource() {
		return TestPostgres.pool(TestPostgres.newDatabase());
	}

}
