/**
 * Between the application's values and exceptions and what a history records of them.
 * <p>
 * <b>Dependents:</b> replay, worker, client and the starter, by the SPI
 * {@link io.reprise.spi.PayloadConverter} where they can. Depends on the public API, the
 * protocol and the SPI.
 * <p>
 * <b>Threading:</b> converters hold no state and may be shared between threads. They call
 * the application's code (accessors, constructors, {@code getMessage()}), which must bear
 * the same.
 */
@NullMarked
package io.reprise.convert;

import org.jspecify.annotations.NullMarked;
