/**
 * The test kit: virtual time, a store in memory that can be made to fail, and the
 * contract suites that implementations of the SPI pass.
 * <p>
 * <b>Dependents:</b> tests only. Depends on the public API and the SPI.
 * <p>
 * <b>Threading:</b> {@code VirtualClock} and {@code InMemoryHistoryStore} are safe for
 * use by many threads; the suites start threads of their own where they let them race.
 */
@NullMarked
package io.reprise.testkit;

import org.jspecify.annotations.NullMarked;
