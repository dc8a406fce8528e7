package io.reprise.it.features;

import java.nio.file.Path;
import java.util.UUID;

import io.reprise.it.PostgresServer;

/**
 * The databases that every feature is run on.
 */
enum Database {

	/** A file under {@code target}. */
	H2 {
		@Override
		String create() {
			Path file = Path.of("target", "features", UUID.randomUUID().toString()).toAbsolutePath();
			return "jdbc:h2:file:" + file + ";USER=sa";
		}
	},

	/** The real server. */
	POSTGRES {
		@Override
		String create() {
			return PostgresServer.createDatabase(FeatureSuite.class);
		}
	};

	/**
	 * Makes an empty database.
	 * @return its JDBC address, credentials included
	 */
	abstract String create();

}
