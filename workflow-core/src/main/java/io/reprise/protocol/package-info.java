/**
 * What travels and what is stored: commands, events, tasks, failures, payloads, and their
 * versioned JSON.
 * <p>
 * <b>Dependents:</b> every inner package. Depends on the public API only.
 * <p>
 * <b>Threading:</b> immutable values; may be shared freely. Arrays inside payloads are
 * never written to after construction.
 */
@NullMarked
package io.reprise.protocol;

import org.jspecify.annotations.NullMarked;
