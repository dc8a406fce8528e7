package io.reprise.it.refused;

import io.reprise.it.faults.TestDatabase;

class H2RefusalIT extends RefusalSuite {

	@Override
	TestDatabase database() {
		return TestDatabase.H2;
	}

}
