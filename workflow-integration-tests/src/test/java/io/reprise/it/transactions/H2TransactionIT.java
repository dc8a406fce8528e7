package io.reprise.it.transactions;

import org.junit.jupiter.api.Nested;

class H2TransactionIT {

	@Nested
	class Commits extends CommitSuite {

		@Override
		String url() {
			return h2();
		}

	}

	@Nested
	class Standings extends StandingSuite {

		@Override
		String url() {
			return h2();
		}

	}

	@Nested
	class Rivals extends RivalSuite {

		@Override
		String url() {
			return h2();
		}

	}

}
