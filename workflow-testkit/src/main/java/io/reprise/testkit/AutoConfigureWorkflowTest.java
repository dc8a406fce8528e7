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
 * what is due next.
 * <li>Runs are kept in an {@link InMemoryHistoryStore}. After each test method all runs
 * are gone, and the engine is a new one.
 * <li>Every turn replays its run from the beginning, so that code which is not
 * deterministic shows itself: waiting for the result of a stalled run fails at once and
 * says why.
 * </ul>
 * {@link WorkflowTest} includes it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureWorkflowTest {

}
