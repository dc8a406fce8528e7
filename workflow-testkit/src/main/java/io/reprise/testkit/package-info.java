/**
 * The test kit.
 * <ul>
 * <li>For tests of workflows: {@code @WorkflowTest}, {@code @AutoConfigureWorkflowTest}
 * and {@code TestTime}, and without Spring {@code WorkflowTestEnvironment}. The engine is
 * the real one; store and time are the test's.
 * <li>For whoever implements the SPI: the contract suites, and the store in memory that
 * passes them first.
 * </ul>
 * <b>Dependents:</b> tests only. The contract suites and the store use the public API,
 * the SPI and the protocol. {@code @WorkflowTest} uses the starter, whose engine and
 * worker it asks whether they are idle. {@code WorkflowTestEnvironment} puts engine,
 * worker, definitions and client together itself, as the starter does, and so uses these
 * too. No table is known here.
 * <p>
 * <b>Threading:</b> the clock, the store and {@code TestTime} are safe for use by many
 * threads; the suites start threads of their own where they let them race.
 */
@NullMarked
package io.reprise.testkit;

import org.jspecify.annotations.NullMarked;
