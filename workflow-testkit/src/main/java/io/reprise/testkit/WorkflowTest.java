package io.reprise.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of workflows: the real engine with its store in memory and a virtual clock, and
 * nothing else of the application. The application's workflows are found as in production; its
 * activities are given by the test, as {@code @MockitoBean} or by {@code @Import}.
 * <p>
 * While a test waits for a result, time flies to whatever is due next: a month of sleep passes
 * at once. A test that looks at a workflow on the way moves time itself, with
 * {@link WorkflowTime}, which is a bean like {@link io.reprise.WorkflowClient},
 * {@link VirtualClock} and {@link InMemoryHistoryStore}.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BootstrapWith(WorkflowTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(WorkflowTypeExcludeFilter.class)
@ImportAutoConfiguration
public @interface WorkflowTest {

	/**
	 * Properties to add, as {@code key=value}.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * Whether to leave out what a slice would otherwise include.
	 * @return {@code true} to use only {@link #includeFilters()}
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Components to include.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * Components to leave out.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Further auto-configurations to leave out.
	 * @return the classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
