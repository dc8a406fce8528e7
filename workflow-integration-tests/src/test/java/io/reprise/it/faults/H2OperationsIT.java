package io.reprise.it.faults;

class H2OperationsIT extends OperationsSuite {

	@Override
	TestDatabase database() {
		return TestDatabase.H2;
	}

}
