package io.reprise;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * A call that a stub recorded.
 *
 * @param activityType name of the activity, {@code Group.method}
 * @param settings options known at the call: call site, injection point, method and type,
 * in this order of precedence, already merged
 * @param resultType type to read the result as
 * @param args the arguments
 */
@Internal("passed from activity stubs to the replayer")
public record ActivityCall(String activityType, ActivitySettings settings, Type resultType, @Nullable Object[] args) {

}
