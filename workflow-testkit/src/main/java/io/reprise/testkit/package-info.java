/**
 * The test kit.
 * <ul>
 * <li>For tests of workflows: {@code @WorkflowTest}, {@code @AutoConfigureWorkflowTest}
 * and {@code TestTime}. The engine is the real one; store and time are the test's.
 * <li>For whoever implements the SPI: the contract suites, and the store in memory that
 * passes them first.
 * </ul>
 * <b>Dependents:</b> tests only. Depends on the public API, the SPI and the starter,
 * whose engine and worker it asks whether they are idle.
 * <p>
 * <b>Threading:</b> the clock, the store and {@code TestTime} are safe for use by many
 * threads; the suites start threads of their own where they let them race.
 */
@NullMarked
package io.reprise.testkit;

import org.jspecify.annotations.NullMarked;
