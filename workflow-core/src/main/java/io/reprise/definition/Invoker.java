package io.reprise.definition;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Makes method handles of one shape. A missing argument of a primitive type becomes zero,
 * as parameters may be added at the end.
 */
final class Invoker {

	private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

	private Invoker() {
	}

	/**
	 * A handle of type {@code (Object target, Object[] arguments) Object}.
	 * @param method an instance method
	 * @return the handle
	 */
	static MethodHandle method(Method method) {
		try {
			method.setAccessible(true);
			MethodHandle handle = LOOKUP.unreflect(method).asFixedArity();
			MethodType generic = MethodType.genericMethodType(method.getParameterCount() + 1);
			return MethodHandles.explicitCastArguments(handle, generic)
				.asSpreader(Object[].class, method.getParameterCount());
		}
		catch (IllegalAccessException | InaccessibleObjectException ex) {
			throw inaccessible("method " + Methods.describe(method), method.getDeclaringClass(), ex);
		}
	}

	/**
	 * A handle of type {@code (Object[] arguments) Object}.
	 * @param constructor the constructor
	 * @return the handle
	 */
	static MethodHandle constructor(Constructor<?> constructor) {
		try {
			constructor.setAccessible(true);
			MethodHandle handle = LOOKUP.unreflectConstructor(constructor).asFixedArity();
			return handle.asType(MethodType.genericMethodType(constructor.getParameterCount()))
				.asSpreader(Object[].class, constructor.getParameterCount());
		}
		catch (IllegalAccessException | InaccessibleObjectException ex) {
			throw inaccessible("constructor", constructor.getDeclaringClass(), ex);
		}
	}

	/**
	 * A handle of type {@code (Object target, Object value) void}.
	 * @param field an instance field
	 * @return the handle
	 */
	static MethodHandle setter(Field field) {
		try {
			field.setAccessible(true);
			return LOOKUP.unreflectSetter(field).asType(MethodType.methodType(void.class, Object.class, Object.class));
		}
		catch (IllegalAccessException | InaccessibleObjectException ex) {
			throw inaccessible("field " + field.getName(), field.getDeclaringClass(), ex);
		}
	}

	static @Nullable Object invoke(MethodHandle handle, Object target, @Nullable Object[] arguments) throws Throwable {
		return (Object) handle.invokeExact(target, arguments);
	}

	private static DefinitionException inaccessible(String what, Class<?> type, Exception cause) {
		return new DefinitionException(List.of(Problem.invalid(
				"Expected to reach the %s of %s, but its module does not let us".formatted(what, type.getName()),
				"Open the package %s to the module of Reprise".formatted(type.getPackageName()))), cause);
	}

}
