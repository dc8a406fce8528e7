package io.reprise.it.faults;

class PostgresKillIT extends KillSuite {

	@Override
	TestDatabase database() {
		return TestDatabase.POSTGRESQL;
	}

}
