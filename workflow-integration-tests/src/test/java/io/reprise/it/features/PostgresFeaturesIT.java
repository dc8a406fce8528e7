package io.reprise.it.features;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/**
 * What users do, on PostgreSQL.
 */
class PostgresFeaturesIT {

	@AfterAll
	static void close() {
		Applications.closeShop(Database.POSTGRES);
	}

	@Nested
	class Authoring extends AuthoringSuite {

		Authoring() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class Client extends ClientSuite {

		Client() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class Retries extends RetrySuite {

		Retries() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class Failures extends FailureSuite {

		Failures() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class Time extends TimeSuite {

		Time() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class Queries extends QuerySuite {

		Queries() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class Messages extends MessagesSuite {

		Messages() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class Starts extends StartSuite {

		Starts() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class Deployments extends DeploySuite {

		Deployments() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class Cancels extends CancelSuite {

		Cancels() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class Pressure extends PressureSuite {

		Pressure() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class Locals extends LocalSuite {

		Locals() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class Data extends DataSuite {

		Data() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class BadInputs extends BadInputSuite {

		BadInputs() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class Updates extends UpdateSuite {

		Updates() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class LongRuns extends LongRunSuite {

		LongRuns() {
			super(Database.POSTGRES);
		}

	}

	@Nested
	class Families extends FamilySuite {

		Families() {
			super(Database.POSTGRES);
		}

	}

}
