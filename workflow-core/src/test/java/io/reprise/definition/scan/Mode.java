package io.reprise.definition.scan;

enum Mode {

	FAST;

	static final long LOADED = System.nanoTime();

}
