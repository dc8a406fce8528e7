package io.reprise.it.faults;

class PostgresLimitsIT extends LimitsSuite {

	@Override
	TestDatabase database() {
		return TestDatabase.POSTGRESQL;
	}

}
