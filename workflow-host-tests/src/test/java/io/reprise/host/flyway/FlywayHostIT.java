package io.reprise.host.flyway;

import java.util.Arrays;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.host.HostDatabase;
import io.reprise.host.HostSuite;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FlywayHostIT {

	abstract static class Suite extends HostSuite {

		Suite(HostDatabase database) {
			super(FlywayApplication.class, database, "spring.flyway.enabled=true",
					"spring.flyway.locations=classpath:flyway");
		}

		@Override
		protected String runWorkflow(WorkflowClient client) {
			return client.execute(SendParcel.class, (w) -> w.run("Ada"), StartOptions.defaults());
		}

		@Test
		void shouldMigrateByBootsFlyway() {
			Flyway flyway = bean(Flyway.class);

			assertThat(Arrays.stream(flyway.info().applied()).map(MigrationInfo::getScript))
				.containsExactly("V1__create_parcel.sql", "V2__add_receiver.sql");
			assertThat(flyway.validateWithResult().validationSuccessful).isTrue();
		}

		@Test
		void shouldFindNothingOfWorkflowsInItsOwnHistory() {
			assertThat(bean(Flyway.class).getConfiguration().getTable()).isEqualTo("flyway_schema_history");
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
