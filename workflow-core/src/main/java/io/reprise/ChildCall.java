package io.reprise;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * A child to be started.
 *
 * @param workflowType name of its type
 * @param options how to start it
 * @param resultType type to read the result as
 * @param args the arguments
 */
@Internal("passed from stubs and recorders to the replayer")
public record ChildCall(String workflowType, ChildOptions options, Type resultType, @Nullable Object[] args) {

}
