package io.reprise.boot;

import java.nio.file.Path;

import io.reprise.WorkflowClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What the log says about a set-up that works, but could do better. */
@ExtendWith(OutputCaptureExtension.class)
class StartUpAdviceTests {

	private static final String EXIT = "DB_CLOSE_ON_EXIT=FALSE to the URL";

	private static final String FEW_CONNECTIONS = "Expected a pool of at least ";

	private static final String SHARED_CONNECTIONS = "share a pool of ";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, WorkflowAutoConfiguration.class));

	@TempDir
	private Path directory;

	private ApplicationContextRunner with(String url, String... properties) {
		return runner.withPropertyValues("spring.datasource.url=" + url).withPropertyValues(properties);
	}

	private String file() {
		return "jdbc:h2:file:" + directory.resolve("app");
	}

	@Test
	void shouldAskToKeepH2OpenUntilTheEnd(CapturedOutput output) {
		with(file()).run((context) -> {
			assertThat(context).hasSingleBean(WorkflowClient.class);
			assertThat(output).containsOnlyOnce(EXIT);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { ";DB_CLOSE_ON_EXIT=FALSE", ";db_close_on_exit = false" })
	void shouldSayNothingIfH2StaysOpen(String setting, CapturedOutput output) {
		with(file() + setting).run((context) -> assertThat(output).doesNotContain(EXIT));
	}

	@Test
	void shouldSayNothingIfAPropertyKeepsH2Open(CapturedOutput output) {
		with(file(), "spring.datasource.hikari.data-source-properties.DB_CLOSE_ON_EXIT=FALSE")
			.run((context) -> assertThat(output).doesNotContain(EXIT));
	}

	@Test
	void shouldSayNothingOfMemory(CapturedOutput output) {
		with("jdbc:h2:mem:advice", "workflow.embedded.allow-in-memory=true")
			.run((context) -> assertThat(output).contains("in memory only").doesNotContain(EXIT));
	}

	@Test
	void shouldKnowThePoolOfTheApplication(CapturedOutput output) {
		with("jdbc:h2:mem:pool", "workflow.embedded.allow-in-memory=true",
				"spring.datasource.hikari.maximum-pool-size=4", "workflow.engine.lanes=3")
			.run((context) -> assertThat(output).contains(
					FEW_CONNECTIONS + "5 connections, for 3 lanes of the engine, sweeps and reads, but it has 4",
					"spring.datasource.hikari.maximum-pool-size", "workflow.engine.lanes"));
	}

	@Test
	void shouldTellHowManyConnectionsAreLeftForActivities(CapturedOutput output) {
		with("jdbc:h2:mem:shared", "workflow.embedded.allow-in-memory=true", "workflow.engine.lanes=3")
			.run((context) -> assertThat(output).contains(
					"up to 200 activities share a pool of 10 connections. The engine uses up to 5: if more than 5 ",
					"workflow.worker.activity-slots")
				.doesNotContain(FEW_CONNECTIONS));
	}

	@Test
	void shouldSayNothingOfAPoolForAll(CapturedOutput output) {
		PoolAdvice.give(24, 4, 20);

		assertThat(output).doesNotContain(FEW_CONNECTIONS, SHARED_CONNECTIONS);
	}

}
