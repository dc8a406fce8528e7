package io.reprise.boot;

/**
 * Where the engine runs and how tasks travel.
 */
public enum Topology {

	/** Inside the application, on its own {@code DataSource}. */
	EMBEDDED

}
