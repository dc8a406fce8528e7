package io.reprise.it.transactions;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

class H2TransactionIT {

	private static final RunningApplication application = new RunningApplication(RunningApplication::h2);

	@AfterAll
	static void close() {
		application.close();
	}

	@Nested
	class Commits extends CommitSuite {

		Commits() {
			super(application);
		}

	}

	@Nested
	class Standings extends StandingSuite {

		Standings() {
			super(application);
		}

	}

	@Nested
	class Rivals extends RivalSuite {

		Rivals() {
			super(application);
		}

	}

	@Nested
	class Kills extends KillAfterCommitSuite {

		@Override
		String url() {
			return RunningApplication.h2();
		}

	}

}
