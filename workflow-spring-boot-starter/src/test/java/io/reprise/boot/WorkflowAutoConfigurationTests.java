package io.reprise.boot;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

import javax.sql.DataSource;

import io.reprise.Activity;
import io.reprise.ErrorCode;
import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowException;
import io.reprise.boot.app.Greet;
import io.reprise.boot.app.Greetings;
import io.reprise.client.UuidV7Source;
import io.reprise.convert.ChainedPayloadConverter;
import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.engine.Engine;
import io.reprise.engine.EngineHealth.State;
import io.reprise.engine.SystemTicker;
import io.reprise.jpa.JpaPersistence;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.IdSource;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.PayloadConverter;
import io.reprise.spi.Ticker;
import jakarta.persistence.EntityManagerFactory;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.transaction.TransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

class WorkflowAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WorkflowAutoConfiguration.class));

	@Test
	void shouldProvideClientAndParts() {
		runner.withUserConfiguration(AbsentStore.class, GreetPackage.class).run((context) -> {
			assertThat(context).hasSingleBean(WorkflowClient.class);
			assertThat(context).getBean(PayloadConverter.class).isInstanceOf(ChainedPayloadConverter.class);
			assertThat(context).getBean(IdSource.class).isInstanceOf(UuidV7Source.class);
			assertThat(context).getBean(Ticker.class).isInstanceOf(SystemTicker.class);
			WorkflowRuntime runtime = context.getBean(WorkflowRuntime.class);
			assertThat(runtime.workflows().types()).containsExactly("Greet");
			assertThat(runtime.activities().names()).containsExactly("Greetings.greet");
			assertThat(runtime.isRunning()).isTrue();
		});
	}

	@Test
	void shouldKeepWorkflowsInTheDataSourceOfTheApplication() {
		runner.withBean(DataSource.class, SwitchableDataSource::away).run((context) -> {
			assertThat(context).hasSingleBean(JpaPersistence.class);
			JpaPersistence persistence = context.getBean(JpaPersistence.class);
			assertThat(context).getBean(HistoryStore.class).isSameAs(persistence.historyStore());
			assertThat(context).getBean(NodeRegistry.class).isSameAs(persistence.nodeRegistry());
		});
	}

	@Test
	void shouldBackOffFromEachBeanOfTheApplication() {
		runner.withUserConfiguration(AbsentStore.class, OwnParts.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context).doesNotHaveBean(JpaPersistence.class);
			assertThat(context.getBeanNamesForType(HistoryStore.class)).containsExactly("absentHistoryStore");
			assertThat(context.getBeanNamesForType(NodeRegistry.class)).containsExactly("absentNodeRegistry");
			assertThat(context.getBeanNamesForType(PayloadConverter.class)).containsExactly("ownConverter");
			assertThat(context.getBeanNamesForType(IdSource.class)).containsExactly("ownIds");
			assertThat(context.getBeanNamesForType(Ticker.class)).containsExactly("ownTicker");
			assertThat(context.getBeanNamesForType(WorkflowClient.class)).containsExactly("ownClient");
		});
	}

	@Test
	void shouldUseRegistryOfTheApplicationWithStoreOfOurs() {
		NodeRegistry own = mock(NodeRegistry.class);
		runner.withBean(DataSource.class, SwitchableDataSource::away)
			.withBean("ownRegistry", NodeRegistry.class, () -> own)
			.run((context) -> {
				assertThat(context).hasSingleBean(JpaPersistence.class);
				assertThat(context).getBean(NodeRegistry.class).isSameAs(own);
			});
	}

	@Test
	void shouldBeSwitchedOff() {
		runner.withPropertyValues("workflow.enabled=false").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context).doesNotHaveBean(WorkflowClient.class);
			assertThat(context).doesNotHaveBean(WorkflowRuntime.class);
			assertThat(context).doesNotHaveBean(HistoryStore.class);
		});
	}

	@Test
	void shouldRefuseUnknownTopology() {
		runner.withUserConfiguration(AbsentStore.class)
			.withPropertyValues("workflow.topology=moon")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("moon"));
	}

	@Test
	void shouldNotProvideWhatTheHostMayHaveOfItsOwn() {
		runner.withBean(DataSource.class, SwitchableDataSource::away).run((context) -> {
			assertThat(context).hasSingleBean(DataSource.class);
			List.of(EntityManagerFactory.class, TransactionManager.class, Flyway.class, ObjectMapper.class,
					Executor.class, TaskScheduler.class)
				.forEach((type) -> assertThat(context).doesNotHaveBean(type));
		});
	}

	@Test
	void shouldStartWhileTheDatabaseCannotBeReached() {
		runner.withUserConfiguration(AbsentStore.class, GreetPackage.class).run((context) -> {
			assertThat(context.getBean(WorkflowRuntime.class).engine().health().state()).isEqualTo(State.CONNECTING);
			WorkflowClient client = context.getBean(WorkflowClient.class);
			assertThatExceptionOfType(WorkflowException.class)
				.isThrownBy(() -> client.start(Greet.class, (w) -> w.run("x"), StartOptions.defaults()))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
				.withMessageContaining("cannot reach its database yet");
		});
	}

	@Test
	void shouldLetActivitiesUseTheClient() {
		runner.withUserConfiguration(AbsentStore.class).withBean(Caller.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(WorkflowRuntime.class).activities().names()).containsExactly("Caller.call");
		});
	}

	@Test
	void shouldSayWhenTheClientIsUsedTooEarly() {
		runner.withUserConfiguration(AbsentStore.class, GreetPackage.class)
			.withBean(TooEarly.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(WorkflowException.class)
				.hasMessage("Expected the workflow engine to run, but the application is still starting. "
						+ "Use the client in an ApplicationRunner or later, not while beans are made"));
	}

	@Test
	void shouldStopBeforeBeansAreDestroyedAndAfterWebServers() {
		int webServerStops = SmartLifecycle.DEFAULT_PHASE - 2048;
		assertThat(WorkflowRuntime.PHASE).isLessThan(webServerStops).isPositive();
		runner.withUserConfiguration(AbsentStore.class).run((context) -> {
			WorkflowRuntime runtime = context.getBean(WorkflowRuntime.class);
			context.close();
			assertThat(runtime.isRunning()).isFalse();
			assertThat(runtime.engine().health().state()).isEqualTo(State.STOPPED);
		});
	}

	@Test
	void shouldMakeNewEngineWhenTheContextIsStartedAgain() {
		runner.withUserConfiguration(AbsentStore.class).run((context) -> {
			WorkflowRuntime runtime = context.getBean(WorkflowRuntime.class);
			Engine first = runtime.engine();
			context.stop();
			assertThat(first.health().state()).isEqualTo(State.STOPPED);
			context.start();
			assertThat(runtime.engine()).isNotSameAs(first);
			assertThat(runtime.engine().health().state()).isEqualTo(State.CONNECTING);
		});
	}

	@Test
	void shouldWorkWithLazyInitialization() {
		new ApplicationContextRunner()
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withConfiguration(AutoConfigurations.of(WorkflowAutoConfiguration.class))
			.withUserConfiguration(AbsentStore.class, GreetPackage.class)
			.run((context) -> {
				assertThat(context.getBean(WorkflowRuntime.class).isRunning()).isTrue();
				assertThat(context.getBeanFactory().containsSingleton("greetings")).isFalse();
			});
	}

	@Test
	void shouldScanPackagesOfWorkflowScan() {
		runner.withUserConfiguration(AbsentStore.class, ScanGreet.class)
			.run((context) -> assertThat(context.getBean(WorkflowRuntime.class).workflows().types())
				.containsExactly("Greet"));
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackageClasses = Greet.class)
	@Import(Greetings.class)
	static class GreetPackage {

	}

	@Configuration(proxyBeanMethods = false)
	@WorkflowScan(basePackageClasses = Greet.class)
	@Import(Greetings.class)
	static class ScanGreet {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnParts {

		@Bean
		PayloadConverter ownConverter() {
			return JacksonPayloadConverter.withDefaults();
		}

		@Bean
		IdSource ownIds() {
			return new UuidV7Source();
		}

		@Bean
		Ticker ownTicker() {
			return new Ticker() {

				@Override
				public long nanos() {
					return 0;
				}

				@Override
				public Scheduled schedule(Duration delay, Runnable task) {
					return () -> {
					};
				}

			};
		}

		@Bean
		WorkflowClient ownClient() {
			return mock(WorkflowClient.class);
		}

	}

	@Activity
	static class Caller {

		Caller(WorkflowClient client) {
			assertThat(client).isNotNull();
		}

		public void call() {
			// Only its name matters
		}

	}

	static class TooEarly {

		TooEarly(WorkflowClient client) {
			client.start(Greet.class, (w) -> w.run("x"), StartOptions.defaults());
		}

	}

}
