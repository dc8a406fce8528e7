package io.reprise.boot;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

import javax.sql.DataSource;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.boot.app.Greet;
import io.reprise.boot.app.Greetings;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An application with a database of its own, and one for workflows only. */
class TwoDataSourcesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				WorkflowAutoConfiguration.class))
		.withPropertyValues("workflow.embedded.allow-in-memory=true",
				"spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());

	@Test
	void shouldKeepWorkflowsInTheQualifiedOneOnly() {
		runner.withUserConfiguration(Flows.class).run((context) -> {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			String greeting = client.execute(Greet.class, (w) -> w.run("both"), StartOptions.defaults());

			assertThat(greeting).isEqualTo("Hello both");
			assertThat(hasWorkflowTables(context.getBean("flows", DataSource.class))).isTrue();
			// Boot's own DataSource is still there, and its JdbcTemplate goes to it
			DataSource main = context.getBean(DataSource.class);
			assertThat(hasWorkflowTables(main)).isFalse();
			assertThat(context.getBean(JdbcTemplate.class).getDataSource()).isSameAs(main);
		});
	}

	@Test
	void shouldKeepWorkflowsInASchemaOfTheirOwn() {
		runner.withUserConfiguration(Greets.class)
			.withPropertyValues("workflow.datasource.schema=FLOWS")
			.run((context) -> {
				WorkflowClient client = context.getBean(WorkflowClient.class);
				String greeting = client.execute(Greet.class, (w) -> w.run("schema"), StartOptions.defaults());

				assertThat(greeting).isEqualTo("Hello schema");
				assertThat(schemaOfWorkflowTables(context.getBean(DataSource.class))).isEqualTo("FLOWS");
			});
	}

	private static boolean hasWorkflowTables(DataSource dataSource) throws SQLException {
		return schemaOfWorkflowTables(dataSource) != null;
	}

	private static String schemaOfWorkflowTables(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection();
				ResultSet tables = connection.getMetaData().getTables(null, null, "WORKFLOW_EXECUTION", null)) {
			return tables.next() ? tables.getString("TABLE_SCHEM") : null;
		}
	}

	@Configuration(proxyBeanMethods = false)
	@WorkflowScan(basePackageClasses = Greet.class)
	@Import(Greetings.class)
	static class Greets {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Greets.class)
	static class Flows {

		@Bean(defaultCandidate = false)
		@WorkflowDataSource
		DataSource flows() {
			return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		}

	}

}
