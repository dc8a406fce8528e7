package io.reprise.it.transactions;

import org.junit.jupiter.api.Nested;

class PostgresTransactionIT {

	@Nested
	class Commits extends CommitSuite {

		@Override
		String url() {
			return postgres();
		}

	}

	@Nested
	class Standings extends StandingSuite {

		@Override
		String url() {
			return postgres();
		}

	}

	@Nested
	class Rivals extends RivalSuite {

		@Override
		String url() {
			return postgres();
		}

	}

}
