package io.reprise.boot;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.reprise.Activity;
import io.reprise.Workflow;
import io.reprise.boot.app.Greet;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import static org.assertj.core.api.Assertions.assertThat;

class FailureAnalysisTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WorkflowAutoConfiguration.class));

	@Test
	void shouldExplainMissingActivity() {
		FailureAnalysis analysis = analyze(runner.withUserConfiguration(AbsentStore.class, OnlyGreet.class));

		assertThat(analysis.getDescription())
			.isEqualTo("Expected a bean for the activities of io.reprise.boot.app.Greetings, which workflow 'Greet' "
					+ "takes (parameter 'greetings' of the constructor of io.reprise.boot.app.Greet), "
					+ "but no bean provides Greetings.greet");
		assertThat(analysis.getAction())
			.isEqualTo("Let Greetings be a bean: annotate it with @Activity and put it in a package that is scanned");
	}

	@Test
	void shouldExplainDuplicateActivity() {
		FailureAnalysis analysis = analyze(
				runner.withUserConfiguration(AbsentStore.class).withBean(Ping.class).withBean("other", Pong.class));

		assertThat(analysis.getDescription()).startsWith("Expected one bean for activity Ping.call, but there are '")
			.contains(Ping.class.getName(), Pong.class.getName());
		assertThat(analysis.getAction()).startsWith("Remove one of the beans");
	}

	@Test
	void shouldExplainCallThatIsNotDeterministic() {
		FailureAnalysis analysis = analyze(runner.withUserConfiguration(AbsentStore.class, ScanForbidden.class));

		assertThat(analysis.getDescription()).contains("Clocked", "java.time.Instant.now");
		assertThat(analysis.getAction()).contains("Workflows.now()");
	}

	@Test
	void shouldAllowCallThatIsNotDeterministic() {
		runner.withUserConfiguration(AbsentStore.class, ScanForbidden.class)
			.withPropertyValues("workflow.determinism.allow.java.time.Instant.now=only shown")
			.run((context) -> assertThat(context).hasNotFailed());
		runner.withUserConfiguration(AbsentStore.class, ScanForbidden.class)
			.withPropertyValues("workflow.determinism.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void shouldExplainInjectedWorkflow() {
		FailureAnalysis analysis = analyze(runner.withUserConfiguration(AbsentStore.class).withBean(Injects.class));

		assertThat(analysis.getDescription()).startsWith("Parameter 0 of constructor in " + Injects.class.getName())
			.endsWith(" asks for workflow io.reprise.boot.app.Greet, but a workflow is no bean: "
					+ "each run makes an instance of its own");
		assertThat(analysis.getAction()).isEqualTo("Inject io.reprise.WorkflowClient and start runs with it: "
				+ "client.start(Greet.class, w -> ..., options)");
	}

	@Test
	void shouldLeaveOtherMissingBeansToBoot() {
		FailureAnalysis analysis = analyze(runner.withUserConfiguration(AbsentStore.class).withBean(Lacks.class));

		assertThat(analysis.getDescription()).contains("required a bean of type 'java.lang.Thread'");
	}

	@Test
	void shouldExplainWorkflowThatIsBean() {
		FailureAnalysis analysis = analyze(runner.withUserConfiguration(AbsentStore.class).withBean(BeanFlow.class));

		assertThat(analysis.getDescription())
			.startsWith("Expected workflow " + BeanFlow.class.getName() + " to be no bean");
		assertThat(analysis.getAction()).startsWith("Remove @Component or the like from BeanFlow");
	}

	@Test
	void shouldExplainDatabaseInMemory() {
		FailureAnalysis analysis = analyze(withH2("jdbc:h2:mem:lost"));

		assertThat(analysis.getDescription()).isEqualTo("Expected a database that keeps what it acknowledges, "
				+ "but jdbc:h2:mem:lost is an H2 database in memory, which forgets all workflows at its end");
		assertThat(analysis.getAction()).contains(
				"\n    spring.datasource.url=jdbc:h2:file:./data/app;DB_CLOSE_ON_EXIT=FALSE\n",
				"\n    workflow.embedded.allow-in-memory=true");
	}

	@Test
	void shouldAcceptDatabaseInMemoryIfAllowed() {
		withH2("jdbc:h2:mem:allowed").withPropertyValues("workflow.embedded.allow-in-memory=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void shouldExplainTablesOfAnotherBuild() {
		FailureAnalysis analysis = analyze(withH2("jdbc:h2:mem:future;INIT=create schema if not exists flows\\;"
				+ "create table if not exists flows.workflow_schema(compatibility int)\\;"
				+ "insert into flows.workflow_schema values (99)")
			.withPropertyValues("workflow.embedded.allow-in-memory=true", "workflow.datasource.migrate=false",
					"workflow.datasource.schema=FLOWS"));

		assertThat(analysis.getDescription()).startsWith("Expected tables of compatibility ").contains("says 99");
		assertThat(analysis.getAction()).startsWith("A newer build of Reprise has migrated them");
	}

	@Test
	void shouldExplainMissingDataSource() {
		FailureAnalysis analysis = analyze(runner);

		assertThat(analysis.getDescription())
			.isEqualTo("Expected a DataSource that keeps workflows, but there is none");
		assertThat(analysis.getAction())
			.contains("spring.datasource.url=jdbc:h2:file:./data/app;DB_CLOSE_ON_EXIT=FALSE");
	}

	@Test
	void shouldExplainActivityOptionOutOfRange() {
		FailureAnalysis analysis = analyze(runner.withUserConfiguration(AbsentStore.class)
			.withPropertyValues("workflow.activities.defaults.maximum-attempts=-1"));

		assertThat(analysis.getDescription()).contains("maximumAttempts", "workflow.activities.defaults");
	}

	@Test
	void shouldExplainPropertyOutOfRange() {
		FailureAnalysis analysis = analyze(
				runner.withUserConfiguration(AbsentStore.class).withPropertyValues("workflow.engine.lanes=0"));

		assertThat(analysis.getDescription())
			.contains("Expected workflow.engine.lanes to be at least 1, but it is '0'");
	}

	private ApplicationContextRunner withH2(String url) {
		return runner.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=" + url);
	}

	/** As Boot does it: the first analyzer that has an answer. */
	private static FailureAnalysis analyze(ApplicationContextRunner runner) {
		AtomicReference<ConfigurableApplicationContext> source = new AtomicReference<>();
		AtomicReference<Throwable> failure = new AtomicReference<>();
		runner.withInitializer(source::set).run((context) -> failure.set(context.getStartupFailure()));
		assertThat(failure.get()).isNotNull();
		ArgumentResolver arguments = ArgumentResolver.of(BeanFactory.class, source.get().getBeanFactory())
			.and(Environment.class, source.get().getEnvironment());
		FailureHandler ignoring = (type, name, ex) -> {
		};
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, ignoring)
			.stream()
			.sorted(AnnotationAwareOrderComparator.INSTANCE)
			.map((analyzer) -> analyzer.analyze(failure.get()))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow(() -> new AssertionError("Nobody explains it", failure.get()));
	}

	@Configuration(proxyBeanMethods = false)
	@WorkflowScan(basePackageClasses = Greet.class)
	static class OnlyGreet {

	}

	@Configuration(proxyBeanMethods = false)
	@WorkflowScan("io.reprise.boot.forbidden")
	static class ScanForbidden {

	}

	@Activity
	static class Ping {

		public void call() {
			// Only its name matters
		}

	}

	static class Pong extends Ping {

	}

	static class Injects {

		Injects(Greet greet) {
			assertThat(greet).isNotNull();
		}

	}

	static class Lacks {

		Lacks(Thread thread) {
			assertThat(thread).isNotNull();
		}

	}

	@Workflow
	static class BeanFlow {

		@Workflow.Run
		public void run() {
			// Only its annotation matters
		}

	}

}
