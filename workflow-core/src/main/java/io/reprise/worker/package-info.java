/**
 * Workers: run turns and attempts, and hand their outcome to the gate.
 * <p>
 * <b>Dependents:</b> client, starter, test kit. Depends on the replayer, on definitions
 * and on the SPI; knows neither the engine nor the kernel.
 * <p>
 * <b>Threading:</b> turns and attempts run on virtual threads, as many at a time as there
 * are slots. Turns of one run follow each other. Time-outs and the deadlock detector live
 * on the ticker's platform thread.
 */
@NullMarked
package io.reprise.worker;

import org.jspecify.annotations.NullMarked;
