package io.reprise.it.faults;

class H2LimitsIT extends LimitsSuite {

	@Override
	TestDatabase database() {
		return TestDatabase.H2;
	}

}
