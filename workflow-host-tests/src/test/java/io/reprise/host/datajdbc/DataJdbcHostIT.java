package io.reprise.host.datajdbc;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.host.HostDatabase;
import io.reprise.host.HostSuite;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DataJdbcHostIT {

	abstract static class Suite extends HostSuite {

		Suite(HostDatabase database) {
			super(DataJdbcApplication.class, database, "spring.sql.init.mode=always",
					"spring.sql.init.schema-locations=classpath:datajdbc/schema.sql");
		}

		@Override
		protected String runWorkflow(WorkflowClient client) {
			return client.execute(Sale.class, (w) -> w.run("Ada"), StartOptions.defaults());
		}

		@Test
		void shouldKeepRepositoriesOfUnmarkedEntities() {
			TicketRepository tickets = bean(TicketRepository.class);

			Ticket saved = tickets.save(new Ticket(null, "Bob"));

			assertThat(tickets.findById(saved.id())).contains(saved);
			tickets.delete(saved);
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
