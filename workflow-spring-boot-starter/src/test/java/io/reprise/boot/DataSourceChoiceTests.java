package io.reprise.boot;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class DataSourceChoiceTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Chooser.class);

	@Test
	void shouldTakeTheOnlyOne() {
		runner.withUserConfiguration(Usual.class).run((context) -> assertThat(chosen(context)).isEqualTo("usual"));
	}

	@Test
	void shouldTakeThePrimaryOne() {
		runner.withUserConfiguration(Usual.class, Main.class)
			.run((context) -> assertThat(chosen(context)).isEqualTo("main"));
	}

	@Test
	void shouldPreferTheQualifiedOne() {
		runner.withUserConfiguration(Usual.class, Main.class, Flows.class)
			.run((context) -> assertThat(chosen(context)).isEqualTo("flows"));
	}

	@Test
	void shouldTakeQualifiedOneThatIsHiddenFromOthers() {
		runner.withUserConfiguration(Usual.class, Hidden.class)
			.run((context) -> assertThat(chosen(context)).isEqualTo("hidden"));
	}

	@Test
	void shouldRefuseSeveral() {
		runner.withUserConfiguration(Usual.class, Second.class).run((context) -> {
			SetupException ex = failure(context.getStartupFailure());
			assertThat(ex.description())
				.isEqualTo("Expected one DataSource or a primary one, but there are 2: usual, second");
			assertThat(ex.action()).isEqualTo("Mark the one that is to keep workflows with @WorkflowDataSource, "
					+ "or the application's main one with @Primary");
		});
	}

	@Test
	void shouldRefuseSeveralQualified() {
		runner.withUserConfiguration(Flows.class, SecondFlows.class).run((context) -> {
			SetupException ex = failure(context.getStartupFailure());
			assertThat(ex.description())
				.isEqualTo("Expected one DataSource with @WorkflowDataSource, but there are 2: flows, secondFlows");
			assertThat(ex.action()).isEqualTo("Leave @WorkflowDataSource on one DataSource bean");
		});
	}

	@Test
	void shouldRefuseNone() {
		runner.run((context) -> {
			SetupException ex = failure(context.getStartupFailure());
			assertThat(ex.description()).isEqualTo("Expected a DataSource that keeps workflows, but there is none");
			assertThat(ex.action()).contains("com.h2database:h2", "org.postgresql:postgresql",
					"\n    spring.datasource.url=jdbc:h2:file:./data/app;DB_CLOSE_ON_EXIT=FALSE\n",
					"workflow.enabled=false");
		});
	}

	private static SetupException failure(Throwable failure) {
		Throwable cause = failure;
		while (!(cause instanceof SetupException)) {
			assertThat(cause).as("cause of %s", failure).isNotNull();
			cause = cause.getCause();
		}
		return (SetupException) cause;
	}

	private static String chosen(ApplicationContext context) {
		return context.getBean(Choice.class).name();
	}

	private static DataSource dataSource(String name) {
		return mock(DataSource.class, name);
	}

	record Choice(String name) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Chooser {

		@Bean
		Choice choice(@WorkflowDataSource ObjectProvider<DataSource> qualified, ObjectProvider<DataSource> all) {
			return new Choice(DataSourceChoice.choose(qualified, all).toString());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Usual {

		@Bean
		DataSource usual() {
			return dataSource("usual");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Second {

		@Bean
		DataSource second() {
			return dataSource("second");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Main {

		@Bean
		@Primary
		DataSource main() {
			return dataSource("main");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Flows {

		@Bean
		@WorkflowDataSource
		DataSource flows() {
			return dataSource("flows");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SecondFlows {

		@Bean
		@WorkflowDataSource
		DataSource secondFlows() {
			return dataSource("secondFlows");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Hidden {

		@Bean(defaultCandidate = false)
		@WorkflowDataSource
		DataSource hidden() {
			return dataSource("hidden");
		}

	}

}
