package io.reprise.benchmarks;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The systems that are measured side by side.
 */
enum Contender {

	REPRISE(true, "io.reprise.benchmarks.reprise.RepriseProvider"),

	DBOS(true, "io.reprise.benchmarks.dbos.DbosProvider"),

	RESTATE(true, "io.reprise.benchmarks.restate.RestateProvider"),

	TEMPORAL(false, "io.reprise.benchmarks.temporal.TemporalProvider");

	private final boolean durable;

	private final String provider;

	Contender(boolean durable, String provider) {
		this.durable = durable;
		this.provider = provider;
	}

	/** Name in tables and of the directory below {@code peers}. */
	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** Name for readers. */
	String title() {
		return durable ? label() : label() + " (not durable)";
	}

	/** Whether what it acknowledges outlives its process. */
	boolean durable() {
		return durable;
	}

	boolean peer() {
		return this != REPRISE;
	}

	/** Where the build has left its class path, if it could be built. */
	Path classPathFile() {
		return Path.of(peer() ? "peers/%s/target/classpath.txt".formatted(label()) : "target/classpath.txt");
	}

	/** Where its classes are. */
	Path classes() {
		return Path.of(peer() ? "peers/%s/target/classes".formatted(label()) : "target/classes");
	}

	/**
	 * Starts it in this JVM, which has its libraries.
	 * @param surroundings what it is given
	 * @return the running system
	 * @throws Exception if it cannot be started
	 */
	SystemUnderTest start(Surroundings surroundings) throws Exception {
		return Class.forName(provider)
			.asSubclass(SystemProvider.class)
			.getConstructor()
			.newInstance()
			.start(surroundings);
	}

}
