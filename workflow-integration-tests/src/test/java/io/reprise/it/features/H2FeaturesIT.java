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
	class Retries extends RetrySuite {

		Retries() {
			super(Database.H2);
		}

	}

	@Nested
	class Failures extends FailureSuite {

		Failures() {
			super(Database.H2);
		}

	}

	@Nested
	class Time extends TimeSuite {

		Time() {
			super(Database.H2);
		}

	}

	@Nested
	class Queries extends QuerySuite {

		Queries() {
			super(Database.H2);
		}

	}

	@Nested
	class Messages extends MessagesSuite {

		Messages() {
			super(Database.H2);
		}

	}

	@Nested
	class Starts extends StartSuite {

		Starts() {
			super(Database.H2);
		}

	}

	@Nested
	class Deployments extends DeploySuite {

		Deployments() {
			super(Database.H2);
		}

	}

	@Nested
	class Cancels extends CancelSuite {

		Cancels() {
			super(Database.H2);
		}

	}

	@Nested
	class Pressure extends PressureSuite {

		Pressure() {
			super(Database.H2);
		}

	}

	@Nested
	class Locals extends LocalSuite {

		Locals() {
			super(Database.H2);
		}

	}

	@Nested
	class Data extends DataSuite {

		Data() {
			super(Database.H2);
		}

	}

	@Nested
	class BadInputs extends BadInputSuite {

		BadInputs() {
			super(Database.H2);
		}

	}

	@Nested
	class Updates extends UpdateSuite {

		Updates() {
			super(Database.H2);
		}

	}

	@Nested
	class LongRuns extends LongRunSuite {

		LongRuns() {
			super(Database.H2);
		}

	}

	@Nested
	class Families extends FamilySuite {

		Families() {
			super(Database.H2);
		}

	}

}
