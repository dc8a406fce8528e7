package io.reprise.it.faults;

class H2KillIT extends KillSuite {

	@Override
	TestDatabase database() {
		return TestDatabase.H2;
	}

}
