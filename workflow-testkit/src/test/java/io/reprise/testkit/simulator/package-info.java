/**
 * The simulator: the real kernel, engine, worker, replayer and JSON over a store in
 * memory, several nodes of them, on one platform thread, in virtual time, out of one
 * seed.
 * <p>
 * Every thread of a node is a virtual one whose scheduler is {@link World}. Which of
 * those that can run goes on next, when they are interrupted, what fails, who dies and
 * who is stopped between what it decided and what it writes is drawn from the seed, so a
 * seed always tells the same story.
 */
@NullMarked
package io.reprise.testkit.simulator;

import org.jspecify.annotations.NullMarked;
