package io.reprise.jpa;

import javax.sql.DataSource;

/**
 * The common behaviour on PostgreSQL, through a pool set up as few do: without
 * auto-commit, with another isolation, with a driver that hides the counts of batched
 * inserts.
 */
class PostgreSqlOddPoolTests extends StoreBehaviour {

	@Override
	DataSource createDataSource() {
		String url = TestPostgres.newDatabase() + "&reWriteBatchedInserts=true&stringtype=unspecified";
		return TestPostgres.pool(url, config -> {
			config.setAutoCommit(false);
			config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
		});
	}

}
