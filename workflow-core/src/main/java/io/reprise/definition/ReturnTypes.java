package io.reprise.definition;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

import io.reprise.Promise;

import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;

/**
 * Which results are not values yet when a method returns.
 */
final class ReturnTypes {

	private static final Set<Class<?>> DEFERRED = Set.of(Future.class, CompletionStage.class, Flow.Publisher.class,
			BaseStream.class, Promise.class);

	/** Known by name only: these libraries need not be there. */
	private static final Set<String> DEFERRED_NAMES = Set.of("org.reactivestreams.Publisher",
			"kotlinx.coroutines.flow.Flow", "kotlinx.coroutines.Job");

	private static final String CONTINUATION = "kotlin.coroutines.Continuation";

	private ReturnTypes() {
	}

	/**
	 * Whether the result of a method arrives later than its return.
	 * @param method the method
	 * @return {@code true} for futures, publishers, streams and suspending functions
	 */
	static boolean isDeferred(Method method) {
		return isDeferred(method.getReturnType()) || isSuspending(method);
	}

	private static boolean isDeferred(Class<?> type) {
		if (type.isPrimitive() || type == Object.class) {
			return false;
		}
		return DEFERRED.stream().anyMatch(deferred -> deferred.isAssignableFrom(type))
				|| DEFERRED_NAMES.contains(type.getName())
				|| ClassUtils.getAllInterfacesForClassAsSet(type)
					.stream()
					.anyMatch(implemented -> DEFERRED_NAMES.contains(implemented.getName()))
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

	private static boolean isSuspending(Method method) {
		return Arrays.stream(method.getParameterTypes()).anyMatch(type -> type.getName().equals(CONTINUATION));
	}

}
