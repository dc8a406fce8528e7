package io.reprise.definition.scan;

import io.reprise.AllowNonDeterminism;

@AllowNonDeterminism("the clock of the tests stands still")
final class Allowed {

	private Allowed() {
	}

	static long now() {
		return System.currentTimeMillis();
	}

}
