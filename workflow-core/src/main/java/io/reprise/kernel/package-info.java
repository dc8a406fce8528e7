/**
 * The pure kernel: decides what a command does to a run, folds events into state, and
 * derives the effects of a change. No clocks, no randomness, no input or output: the same
 * arguments give the same result, on every machine.
 * <p>
 * <b>Dependents:</b> the engine and the test kit. Depends on the protocol and the public
 * API; never on the replayer.
 * <p>
 * <b>Threading:</b> static functions over immutable values.
 */
@NullMarked
package io.reprise.kernel;

import org.jspecify.annotations.NullMarked;
