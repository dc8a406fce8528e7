package io.reprise.host.liquibase;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.host.HostDatabase;
import io.reprise.host.HostSuite;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LiquibaseHostIT {

	abstract static class Suite extends HostSuite {

		Suite(HostDatabase database) {
			super(LiquibaseApplication.class, database, "spring.liquibase.enabled=true",
					"spring.liquibase.analytics-enabled=false",
					"spring.liquibase.change-log=classpath:liquibase/changelog.sql");
		}

		@Override
		protected String runWorkflow(WorkflowClient client) {
			return client.execute(SendLetter.class, (w) -> w.run("Ada"), StartOptions.defaults());
		}

		@Test
		void shouldMigrateByBootsLiquibase() {
			assertThat(jdbc().queryForList("SELECT id FROM databasechangelog ORDER BY orderexecuted", String.class))
				.containsExactly("create-letter", "add-receiver");
		}

		@Test
		void shouldMigrateTheTablesOfWorkflowsByThemselves() {
			assertThat(jdbc().queryForObject("SELECT COUNT(*) FROM \"workflow_schema_history\"", Long.class))
				.isPositive();
		}

	}

	@Nested
	class OnH2 extends Suite {

		OnH2() {
			super(HostDatabase.H2);
		}

	}

	@Nested
	class OnPostgres extends Suite {

		OnPostgres() {
			super(HostDatabase.POSTGRES);
		}

	}

}
