package io.reprise.it.faults;

class PostgresOperationsIT extends OperationsSuite {

	@Override
	TestDatabase database() {
		return TestDatabase.POSTGRESQL;
	}

}
