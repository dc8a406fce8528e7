package io.reprise.definition.scan;

record Receipt(String order) {

	long number() {
		return System.currentTimeMillis();
	}

}
