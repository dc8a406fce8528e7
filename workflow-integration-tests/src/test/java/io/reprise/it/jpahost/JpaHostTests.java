package io.reprise.it.jpahost;

import java.util.List;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@SpringBootTest(properties = { "spring.datasource.url=jdbc:h2:mem:jpahost;DB_CLOSE_DELAY=-1",
		"workflow.embedded.allow-in-memory=true", "spring.jpa.hibernate.ddl-auto=none" })
class JpaHostTests {

	@Autowired
	private ApplicationContext context;

	@Autowired
	private WorkflowClient client;

	@Autowired
	private InvoiceRepository repository;

	@Autowired
	private JdbcTemplate jdbc;

	@Test
	void shouldRunActivityInJpaTransactionOfTheApplication() {
		long count = client.execute(Bill.class, (w) -> w.run("Ada"), StartOptions.defaults());

		// The first attempt was rolled back
		assertThat(count).isEqualTo(1);
		assertThat(repository.countByCustomer("Ada")).isEqualTo(1);
	}

	@Test
	void shouldLeaveJpaOfTheApplicationAsItIs() {
		assertThat(context.getBeansOfType(EntityManagerFactory.class)).hasSize(1);
		assertThat(context.getBean(EntityManagerFactory.class).getMetamodel().getEntities())
			.extracting(EntityType::getName)
			.containsExactly("Invoice");
		assertThat(context.getBeansOfType(PlatformTransactionManager.class).values()).hasSize(1)
			.hasOnlyElementsOfType(JpaTransactionManager.class);
	}

	@Test
	void shouldLeaveMigrationsOfTheApplicationAsTheyAre() {
		List<String> own = jdbc.queryForList("SELECT \"script\" FROM \"flyway_schema_history\" WHERE \"type\" = 'SQL'",
				String.class);
		assertThat(own).containsExactly("V1__create_invoice.sql");
		assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM \"workflow_schema_history\"", Integer.class)).isPositive();
	}

	@Test
	void shouldRollBackOnlyWhatIsTheApplications() {
		TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));

		assertThatThrownBy(() -> transaction.executeWithoutResult((status) -> {
			repository.save(new Invoice("Bob"));
			throw new IllegalStateException("no");
		})).hasMessage("no");

		assertThat(repository.countByCustomer("Bob")).isZero();
	}

}
