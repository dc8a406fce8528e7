package io.reprise.boot;

import java.time.Duration;
import java.util.UUID;

import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowStatus;
import io.reprise.boot.app.Greet;
import io.reprise.boot.app.Greetings;
import io.reprise.boot.buggy.Buggy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class WorkflowHealthTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WorkflowAutoConfiguration.class, WorkflowHealthAutoConfiguration.class,
				WorkflowMetricsAutoConfiguration.class));

	private final ApplicationContextRunner runnerWithDatabase = runner.withUserConfiguration(Database.class)
		.withPropertyValues("workflow.embedded.allow-in-memory=true", "workflow.engine.sweep-interval=100ms");

	@Test
	void shouldGoDownWithTheDatabaseAndComeBack() {
		runnerWithDatabase.run((context) -> {
			SwitchableDataSource database = context.getBean(SwitchableDataSource.class);
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			assertThat(health(context).getDetails()).hasToString("{engine=RUNNING, stalledRuns=0}");

			database.setReachable(false);
			Awaitility.await().until(() -> health(context).getStatus().equals(Status.DOWN));
			assertThat(health(context).getDetails()).containsKey("store");
			assertThat(health(context).getDetails().get("store").toString()).contains("The database is away");

			database.setReachable(true);
			Awaitility.await().until(() -> health(context).getStatus().equals(Status.UP));
			assertThat(greet(context, "again")).isEqualTo("Hello again");
		});
	}

	@Test
	void shouldBeDownUntilTheDatabaseIsReachedFirst() {
		runnerWithDatabase.withUserConfiguration(AwayAtStart.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
			assertThat(health(context).getDetails().get("engine")).hasToString("CONNECTING");

			context.getBean(SwitchableDataSource.class).setReachable(true);
			Awaitility.await().until(() -> health(context).getStatus().equals(Status.UP));
			assertThat(greet(context, "late")).isEqualTo("Hello late");
		});
	}

	@Test
	void shouldStopWhileTheDatabaseIsAway() {
		runnerWithDatabase.run((context) -> {
			context.getBean(SwitchableDataSource.class).setReachable(false);
			WorkflowRuntime runtime = context.getBean(WorkflowRuntime.class);
			context.close();
			assertThat(runtime.isRunning()).isFalse();
		});
	}

	@Test
	void shouldShowStalledRunsAndStayUp() {
		runnerWithDatabase.withUserConfiguration(ScanBuggy.class).run((context) -> {
			stall(context);
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void shouldBeDownForStalledRunsIfToldSo() {
		runnerWithDatabase.withUserConfiguration(ScanBuggy.class)
			.withPropertyValues("workflow.health.stalled-is-down=true")
			.run((context) -> {
				stall(context);
				assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
			});
	}

	@Test
	void shouldBeDownBeforeTheStartAndAfterTheStop() {
		runner.withUserConfiguration(AbsentStore.class).run((context) -> {
			HealthIndicator indicator = context.getBean(HealthIndicator.class);
			context.stop();
			assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
			assertThat(indicator.health().getDetails().get("engine")).hasToString("STOPPED");
		});
		WorkflowRuntime unstarted = new WorkflowRuntime(() -> {
			throw new AssertionError();
		}, (definitions) -> {
			throw new AssertionError();
		}, Duration.ZERO);
		assertThat(new WorkflowHealthIndicator(unstarted, false).health().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void shouldBackOff() {
		runner.withUserConfiguration(AbsentStore.class)
			.withPropertyValues("management.health.workflow.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
		runner.withUserConfiguration(AbsentStore.class)
			.withBean("workflowHealthIndicator", HealthIndicator.class, () -> () -> Health.unknown().build())
			.run((context) -> assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN));
		runner.withPropertyValues("workflow.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
		runner.withUserConfiguration(AbsentStore.class)
			.withClassLoader(new FilteredClassLoader(HealthIndicator.class, MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("workflowHealthIndicator")
				.doesNotHaveBean("workflowMetrics"));
	}

	@Test
	void shouldMeasure() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		runnerWithDatabase.withUserConfiguration(ScanBuggy.class)
			.withBean(MeterRegistry.class, () -> meters)
			.run((context) -> {
				context.getBean(MeterBinder.class).bindTo(meters);
				assertThat(meters.get("workflow.engine.up").gauge().value()).isEqualTo(1);
				assertThat(meters.get("workflow.runs.stalled").gauge().value()).isZero();
				assertThat(meters.get("workflow.fenced.writes").functionCounter().count()).isZero();
				assertThat(meters.get("workflow.inputs.skipped").functionCounter().count()).isZero();
				stall(context);
				assertThat(meters.get("workflow.runs.stalled").gauge().value()).isEqualTo(1);
				context.stop();
				assertThat(meters.get("workflow.engine.up").gauge().value()).isZero();
			});
	}

	private static String greet(ApplicationContext context, String name) {
		return context.getBean(WorkflowClient.class).execute(Greet.class, (w) -> w.run(name), StartOptions.defaults());
	}

	private static void stall(ApplicationContext context) {
		WorkflowClient client = context.getBean(WorkflowClient.class);
		client.start(Buggy.class, Buggy::run, StartOptions.withId("buggy"));
		Awaitility.await().until(() -> "1".equals(String.valueOf(health(context).getDetails().get("stalledRuns"))));
		assertThat(client.handle("buggy").describe().status()).isEqualTo(WorkflowStatus.RUNNING);
	}

	private static Health health(ApplicationContext context) {
		return context.getBean(HealthIndicator.class).health();
	}

	@Configuration(proxyBeanMethods = false)
	@WorkflowScan(basePackageClasses = Greet.class)
	@Import(Greetings.class)
	static class Database {

		@Bean
		DataSource dataSource() {
			return new SwitchableDataSource(
					new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AwayAtStart {

		@Bean
		static BeanPostProcessor away() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					if (bean instanceof SwitchableDataSource database) {
						database.setReachable(false);
					}
					return bean;
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@WorkflowScan(basePackageClasses = Buggy.class)
	static class ScanBuggy {

	}

}
