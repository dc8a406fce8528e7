/**
 * Durable storage in PostgreSQL or H2: entities for reading, dialects for writing,
 * migrations. The only place that knows a table.
 * <p>
 * {@link io.reprise.jpa.JpaPersistence} owns everything here, persistence unit and
 * transaction manager included; none of it is a Spring bean, so that the host's own JPA,
 * Flyway and transactions stay as they are.
 * <p>
 * <b>Dependents:</b> the starter, which makes a {@code JpaPersistence}; everybody else
 * sees {@link io.reprise.spi}.
 * <p>
 * <b>Threading:</b> all types but the entities are safe for many threads, virtual ones
 * included. On H2 the work is done by threads of this package, because an interrupt
 * inside H2 closes its file.
 */
@NullMarked
package io.reprise.jpa;

import org.jspecify.annotations.NullMarked;
