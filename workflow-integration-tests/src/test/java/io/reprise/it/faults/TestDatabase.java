package io.reprise.it.faults;

import java.nio.file.Path;
import java.util.UUID;

import io.reprise.it.PostgresServer;

/**
 * The databases that applications run on.
 */
public enum TestDatabase {

	/** A file, as on the first day. */
	H2 {

		@Override
		public String createUrl(Class<?> test) {
			Path file = Path.of("target", "h2", test.getSimpleName() + "-" + UUID.randomUUID()).toAbsolutePath();
			return "jdbc:h2:file:" + file + ";DB_CLOSE_ON_EXIT=FALSE";
		}

	},

	/** A real server. */
	POSTGRESQL {

		@Override
		public String createUrl(Class<?> test) {
			return PostgresServer.createDatabase(test);
		}

	};

	/**
	 * Makes an empty database.
	 * @param test the test it is for
	 * @return its JDBC address
	 */
	public abstract String createUrl(Class<?> test);

}
