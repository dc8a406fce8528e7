/**
 * Definitions: what applications' workflow and activity classes say, checked at start-up.
 * Registries of both, durable stubs of activities, recorded calls of clients, and the
 * scan of workflows' bytecode for what is not deterministic.
 * <p>
 * <b>Dependents:</b> client, worker, starter and test kit. Depends on the public API, the
 * protocol, the SPI's conversion of values and the replayer's view of workflow code
 * ({@link io.reprise.replay.WorkflowCode}), on Spring's annotation and bytecode utilities
 * and on Byte Buddy.
 * <p>
 * <b>Threading:</b> everything public here is immutable once built and may be used by all
 * threads. Generated classes live next to the type they extend, in its class loader and
 * as long as it.
 */
@NullMarked
package io.reprise.definition;

import org.jspecify.annotations.NullMarked;
