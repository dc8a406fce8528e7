/**
 * The SPI: what the engine, workers and clients need from the world, and what can be
 * replaced. Implementations pass the contract suites of {@code workflow-testkit}.
 * <p>
 * <b>Dependents:</b> engine, worker, client, their implementations, starter and test kit.
 * <p>
 * <b>Threading:</b> implementations must be safe for use by many threads, virtual ones
 * included; they guard shared state with {@code ReentrantLock}, not {@code synchronized}.
 */
@NullMarked
package io.reprise.spi;

import org.jspecify.annotations.NullMarked;
