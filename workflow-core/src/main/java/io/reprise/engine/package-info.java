/**
 * The engine: the gate in front of the pure kernel. Commands enter
 * {@link io.reprise.engine.Engine}, wait in the lane of their workflow, are decided,
 * committed in groups, and only then answered and carried out.
 * <p>
 * <b>Dependents:</b> client, starter, test kit. Depends on the kernel and the SPI; knows
 * neither the replayer nor a database.
 * <p>
 * <b>Threading:</b> everything public may be called by any thread. A lane's runs are
 * decided by one thread at a time, whichever holds the lane's lock. Tasks of the
 * {@link io.reprise.spi.Ticker} must not block; what touches the store runs on threads of
 * its own.
 */
@NullMarked
package io.reprise.engine;

import org.jspecify.annotations.NullMarked;
