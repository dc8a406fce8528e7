package io.reprise.it.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;

import io.reprise.ErrorCode;
import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowException;
import io.reprise.engine.EngineHealth.State;
import io.reprise.it.PostgresInstance;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The database cannot be reached when the application starts: it starts, reports that it
 * is down, and works as soon as the database is there.
 */
class LateDatabaseIT {

	/** What else in the application needs the database at once is not ours to mend. */
	private static final Map<String, Object> PATIENT_HOST = Map.of("spring.sql.init.mode", "never",
			"spring.autoconfigure.exclude",
			"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
					+ "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration");

	@Test
	void shouldWaitForAPostgresqlThatIsStartedLater() {
		try (PostgresInstance postgres = PostgresInstance.create();
				ConfigurableApplicationContext context = FaultApplication.start(postgres.url(), PATIENT_HOST)) {
			assertDown(context);

			postgres.start();

			assertWorks(context);
		}
	}

	@Test
	void shouldWaitForAnH2FileThatAnotherProcessHolds() throws Exception {
		String url = TestDatabase.H2.createUrl(getClass());
		Process holder = hold(url);
		try (ConfigurableApplicationContext context = FaultApplication.start(url, PATIENT_HOST)) {
			assertDown(context);

			holder.destroyForcibly().waitFor();

			assertWorks(context);
		}
		finally {
			holder.destroyForcibly();
		}
	}

	private static void assertDown(ConfigurableApplicationContext context) {
		HealthIndicator health = health(context);
		assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.health().getDetails()).containsEntry("engine", State.CONNECTING).containsKey("store");
		assertThatThrownBy(() -> start(context, "too-early")).isInstanceOfSatisfying(WorkflowException.class,
				(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
	}

	private static void assertWorks(ConfigurableApplicationContext context) {
		HealthIndicator health = health(context);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> health.health().getStatus().equals(Status.UP));
		assertThat(start(context, "in-time")).isEqualTo("xxx");
		assertThat(context.getBean(WorkflowClient.class).list("workflowId = 'too-early'").workflows()).isEmpty();
	}

	private static HealthIndicator health(ConfigurableApplicationContext context) {
		return context.getBean("workflowHealthIndicator", HealthIndicator.class);
	}

	private static String start(ConfigurableApplicationContext context, String id) {
		return context.getBean(WorkflowClient.class)
			.execute(Glutton.class, (w) -> w.run("result", 3), StartOptions.withId(id));
	}

	private static Process hold(String url) throws IOException {
		Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), Holder.class.getName(), url)
			.redirectErrorStream(true)
			.start();
		assertThat(holder.inputReader().readLine()).isEqualTo("held");
		return holder;
	}

	/** Another process that has the file open. */
	static final class Holder {

		private Holder() {
		}

		public static void main(String[] args) throws Exception {
			try (Connection connection = DriverManager.getConnection(args[0])) {
				System.out.println(connection.isValid(1) ? "held" : "not held");
				System.in.read();
			}
		}

	}

}
