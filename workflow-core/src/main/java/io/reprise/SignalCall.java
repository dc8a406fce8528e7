package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * A signal to be sent to another workflow.
 *
 * @param name name of the signal
 * @param args its arguments
 */
@Internal("passed from recorders to the replayer")
public record SignalCall(String name, @Nullable Object[] args) {

}
