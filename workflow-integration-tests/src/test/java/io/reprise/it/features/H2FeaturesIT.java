package io.reprise.it.features;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/**
 * What users do, on H2 in a file.
 */
class H2FeaturesIT {

	@AfterAll
	static void close() {
		Applications.closeShop(Database.H2);
	}

	@Nested
	class Authoring extends AuthoringSuite {

		Authoring() {
			super(Database.H2);
		}

	}

	@Nested
	class Client extends ClientSuite {

		Client() {
			super(Database.H2);
		}

	}

	@Nested
	class Retry extends RetrySuite {

		Retry() {
			super(Database.H2);
		}

	}

}
