package io.reprise.jpa;

import javax.sql.DataSource;

/** The common behaviour, on PostgreSQL. */
class PostgreSqlListTests extends ListBehaviour {

	@Override
	DataSource createDataSource() {
		return TestPostgres.pool(TestPostgres.newDatabase());
	}

}
