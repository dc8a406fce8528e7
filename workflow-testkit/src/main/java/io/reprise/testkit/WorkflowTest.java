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
import org.springframework.core.env.Environment;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * For tests of workflows and nothing else: of the application, only what carries
 * {@link io.reprise.Activity @Activity}, itself or on a type that it extends or
 * implements, becomes a bean, and workflows are found as usual. Activities that need
 * other beans are replaced, as with {@code @MockitoBean}. The engine is the real one; the
 * rest is what {@link AutoConfigureWorkflowTest} says.
 *
 * <pre class="code">
 * &#064;WorkflowTest
 * class SubscriptionTests {
 *
 *     &#064;Autowired
 *     private WorkflowClient client;
 *
 *     &#064;Autowired
 *     private TestTime time;
 *
 *     &#064;MockitoBean
 *     private Payments payments;
 *
 *     &#064;Test
 *     void shouldChargeEveryMonth() {
 *         var ada = client.start(Subscription.class, w -&gt; w.run("ada"), StartOptions.withId("ada"));
 *
 *         time.advance(Duration.ofDays(45));
 *
 *         assertThat(ada.query(Subscription::months)).isEqualTo(2);
 *         then(payments).should(times(2)).charge("ada");
 *     }
 *
 * }
 * </pre>
 *
 * {@code start} returns when the start is recorded, as ever: {@link TestTime#settle()},
 * {@link TestTime#advance} or the wait for a result lets the workflow do what it can
 * before the test looks at its mocks.
 * <p>
 * For a test with all beans of the application use {@code @SpringBootTest} together with
 * {@link AutoConfigureWorkflowTest}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(WorkflowTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(WorkflowTypeExcludeFilter.class)
@AutoConfigureWorkflowTest
@ImportAutoConfiguration
public @interface WorkflowTest {

	/**
	 * Properties for the {@link Environment}, in the form {@code key=value}.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * Whether activities become beans. Otherwise only what {@link #includeFilters() is
	 * included} does.
	 * @return {@code true} to include activities
	 */
	boolean useDefaultFilters() default true;

	/**
	 * What else becomes a bean.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * What does not become a bean.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations that are left out.
	 * @return the auto-configurations
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
