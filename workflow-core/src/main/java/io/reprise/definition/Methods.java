package io.reprise.definition;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;

/**
 * Methods as the source code knows them: without bridges, with type variables resolved.
 */
final class Methods {

	private Methods() {
	}

	/**
	 * The public instance methods of a type, inherited ones included, those of
	 * {@link Object} excluded.
	 * @param type class or interface
	 * @return the methods, ordered by signature
	 */
	static List<Method> publicMethods(Class<?> type) {
		List<Method> methods = new ArrayList<>();
		for (Method method : type.getMethods()) {
			if (!Modifier.isStatic(method.getModifiers()) && !isObjectMethod(method)) {
				methods.add(method.isBridge() ? BridgeMethodResolver.findBridgedMethod(method) : method);
			}
		}
		return distinct(methods, type);
	}

	/**
	 * Leaves one of each group of methods that override each other.
	 * @param methods methods of a type
	 * @param type the type
	 * @return the most specific ones, ordered by signature
	 */
	static List<Method> distinct(Collection<Method> methods, Class<?> type) {
		Map<String, Method> bySignature = new TreeMap<>();
		for (Method method : methods) {
			bySignature.merge(signature(method, type), method, Methods::moreSpecific);
		}
		return List.copyOf(bySignature.values());
	}

	/**
	 * Name and parameters with what type variables stand for within a type.
	 * @param method the method
	 * @param type the type
	 * @return the signature
	 */
	static String signature(Method method, Class<?> type) {
		StringBuilder signature = new StringBuilder(method.getName()).append('(');
		for (int i = 0; i < method.getParameterCount(); i++) {
			signature.append(ResolvableType.forMethodParameter(method, i, type).toClass().getName()).append(',');
		}
		return signature.append(')').toString();
	}

	static Type[] parameterTypes(Method method, Class<?> type) {
		Type[] types = method.getGenericParameterTypes();
		for (int i = 0; i < types.length; i++) {
			types[i] = GenericTypeResolver.resolveType(types[i], type);
		}
		return types;
	}

	static Type returnType(Method method, Class<?> type) {
		return GenericTypeResolver.resolveType(method.getGenericReturnType(), type);
	}

	static boolean isObjectMethod(Method method) {
		if (method.getDeclaringClass() == Object.class) {
			return true;
		}
		return switch (method.getName()) {
			case "equals" -> Arrays.equals(method.getParameterTypes(), new Class<?>[] { Object.class });
			case "hashCode", "toString" -> method.getParameterCount() == 0;
			default -> false;
		};
	}

	/**
	 * A method as messages name it.
	 * @param method the method
	 * @return such as {@code Payments.charge(String, BigDecimal)}
	 */
	static String describe(Method method) {
		return Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ", method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(",
					")"));
	}

	private static Method moreSpecific(Method first, Method second) {
		if (first.getDeclaringClass() == second.getDeclaringClass()) {
			return first.getReturnType().isAssignableFrom(second.getReturnType()) ? second : first;
		}
		return first.getDeclaringClass().isAssignableFrom(second.getDeclaringClass()) ? second : first;
	}

}
