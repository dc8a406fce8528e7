/**
 * The pure replayer: history in, commands out. Runs workflow code on coroutines under a
 * deterministic scheduler, and compares what it does with what its history says.
 * <p>
 * <b>Dependents:</b> workers, definitions (which implement
 * {@link io.reprise.replay.WorkflowCode}) and the test kit. Depends on the protocol, the
 * public API and the conversion of values; never on the kernel, clocks, randomness,
 * logging, Spring, JPA or Kafka.
 * <p>
 * <b>Threading:</b> a {@code WorkflowMachine} is driven by one thread at a time. User
 * code runs on virtual threads of the machine's own, one at a time, handed on by a baton;
 * so workflow code needs no locks.
 */
@NullMarked
package io.reprise.replay;

import org.jspecify.annotations.NullMarked;
