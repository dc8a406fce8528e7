package io.reprise.definition;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;

import io.reprise.ActivityCall;
import io.reprise.ActivitySettings;
import io.reprise.ErrorCode;
import io.reprise.WorkflowContext;
import io.reprise.WorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * Turns calls of a stub into activities.
 */
final class StubHandler implements InvocationHandler {

	private static final @Nullable Object[] NO_ARGUMENTS = new Object[0];

	private final Class<?> type;

	private final Map<String, Target> targets = new HashMap<>();

	StubHandler(Class<?> type, ActivityType activityType, ActivitySettings settings) {
		this.type = type;
		for (ActivityMethod method : activityType.methods()) {
			targets.put(method.method().getName(), new Target(method.activity(), settings.orElse(method.settings()),
					method.resultType(), method.method().getReturnType()));
		}
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
		if (Methods.isObjectMethod(method)) {
			return local(proxy, method, arguments);
		}
		// Names are unique among activities; bridges have the name of what they bridge.
		Target target = Modifier.isPublic(method.getModifiers()) ? targets.get(method.getName()) : null;
		if (target == null) {
			throw new WorkflowException(ErrorCode.INVALID_ARGUMENT,
					"Expected a call of an activity, but %s is none: only public methods of the type with @Activity are. Make it public, or call it inside the activity"
						.formatted(Methods.describe(method)));
		}
		return target.call((arguments != null) ? arguments : NO_ARGUMENTS);
	}

	private Object local(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
		return switch (method.getName()) {
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> "durable stub of " + type.getName();
		};
	}

	private record Target(String activity, ActivitySettings settings, Type resultType, Class<?> returnType) {

		private @Nullable Object call(@Nullable Object[] arguments) {
			Object result = WorkflowContext.current()
				.startActivity(new ActivityCall(activity, settings, resultType, arguments))
				.get();
			if (returnType == void.class) {
				return null;
			}
			if (result == null && returnType.isPrimitive()) {
				throw new WorkflowException(ErrorCode.DECODING_FAILED,
						"Expected a result of type %s from activity %s, but it recorded none. Return the boxed type where there may be no result"
							.formatted(returnType, activity));
			}
			return result;
		}

	}

}
