package io.reprise.boot;

import io.reprise.boot.app.Greet;
import io.reprise.boot.app.GreetApplication;
import io.reprise.boot.app.Greetings;
import io.reprise.boot.forbidden.Clocked;
import io.reprise.definition.DefinitionException;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotProcessingException;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WorkflowAotProcessor}, by processing applications ahead of time.
 */
class WorkflowAotProcessorTests {

	@Test
	void shouldNameWhatIsReachedByReflection() {
		RuntimeHints hints = process(GreetApplication.class, Greetings.class);

		assertThat(RuntimeHintsPredicates.reflection().onType(Greet.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Greetings.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.resource()
			.forResource("io/reprise/jpa/migration/postgresql/V1__create_workflow_tables.sql")).accepts(hints);
	}

	@Test
	void shouldFailTheBuildForForbiddenCalls() {
		assertThatExceptionOfType(AotProcessingException.class).isThrownBy(() -> process(Clocked.class))
			.withCauseInstanceOf(DefinitionException.class)
			.withMessageContaining("io.reprise.boot.forbidden.Clocked.run(Clocked.java:12) uses java.time.Instant.now");
	}

	@Test
	void shouldLeaveTheScanToTheConfiguration() {
		assertThat(process(Clocked.class, new Class<?>[0], "workflow.determinism.enabled=false")).isNotNull();
	}

	private static RuntimeHints process(Class<?> application, Class<?>... beans) {
		return process(application, beans, "workflow.namespace=default");
	}

	private static RuntimeHints process(Class<?> application, Class<?>[] beans, String property) {
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(WorkflowAotProcessorTests.class)), new InMemoryGeneratedFiles());
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of(property).applyTo(context);
			AutoConfigurationPackages.register(context, application.getPackageName());
			context.register(AbsentStore.class, WorkflowAutoConfiguration.class);
			if (beans.length > 0) {
				context.register(beans);
			}
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		}
		return generation.getRuntimeHints();
	}

}
