package io.reprise.boot;

import java.nio.file.Path;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.boot.app.Greet;
import io.reprise.boot.app.GreetApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class WorkflowApplicationTests {

	@TempDir
	Path directory;

	@Test
	void shouldRunWorkflowWithActivity() {
		try (ConfigurableApplicationContext context = start()) {
			WorkflowClient client = context.getBean(WorkflowClient.class);

			String greeting = client.execute(Greet.class, (w) -> w.run("world"), StartOptions.withId("greet-1"));

			assertThat(greeting).isEqualTo("Hello world");
			assertThat(client.handle(Greet.class, "greet-1").query(Greet::state)).isEqualTo("done");
		}
	}

	private ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(GreetApplication.class).bannerMode(org.springframework.boot.Banner.Mode.OFF)
			.properties("spring.datasource.url=jdbc:h2:file:" + directory.resolve("app"))
			.run(arguments);
	}

}
