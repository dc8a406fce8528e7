package io.reprise.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Lets a test run the workflows of its application context in memory and on virtual time.
 * <ul>
 * <li>A {@link TestTime} stands still until the test moves it. A test that waits for the
 * result of a workflow moves it by waiting: whenever nothing is left to do, time skips to
 * what is due next. The wait fails if the workflow waits for what no time brings, or for
 * an activity that is retried without end.
 * <li>Runs are kept in an {@link InMemoryHistoryStore}. After each test method all runs
 * are gone, and the engine is a new one. So tests that share an application context must
 * not run at the same time.
 * <li>Every turn replays its run from the beginning, so that code which is not
 * deterministic shows itself: waiting for the result of a stalled run fails at once and
 * says why.
 * </ul>
 * What the application's files say of {@code workflow.engine.sweep-interval},
 * {@code lease} and {@code clock-sync}, {@code workflow.retention.period},
 * {@code workflow.worker.cached-workflows} and {@code shutdown-timeout} does not count;
 * what the test sets by the properties of its annotation does.
 * <p>
 * {@link WorkflowTest} includes it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureWorkflowTest {

}
