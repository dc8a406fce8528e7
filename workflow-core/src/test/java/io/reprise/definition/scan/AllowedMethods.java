package io.reprise.definition.scan;

import io.reprise.AllowNonDeterminism;

final class AllowedMethods {

	@AllowNonDeterminism("never shown")
	long stamp() {
		return later();
	}

	private long later() {
		return System.currentTimeMillis();
	}

}
