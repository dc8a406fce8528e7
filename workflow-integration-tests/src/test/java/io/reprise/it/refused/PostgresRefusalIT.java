package io.reprise.it.refused;

import io.reprise.it.faults.TestDatabase;

class PostgresRefusalIT extends RefusalSuite {

	@Override
	TestDatabase database() {
		return TestDatabase.POSTGRESQL;
	}

}
