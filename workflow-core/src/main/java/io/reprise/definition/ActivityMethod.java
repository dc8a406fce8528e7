package io.reprise.definition;

import java.lang.reflect.Method;
import java.lang.reflect.Type;

import io.reprise.ActivitySettings;

/**
 * A method of an activity type.
 *
 * @param activity name of the activity, {@code Group.method}
 * @param method the method
 * @param parameterTypes what its arguments are read as
 * @param resultType what its result is read as; {@link Void} for {@code void}
 * @param settings options of the method and its type
 */
record ActivityMethod(String activity, Method method, Type[] parameterTypes, Type resultType,
		ActivitySettings settings) {

}
