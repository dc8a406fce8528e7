package io.reprise.definition;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.List;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.NamingStrategy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.dynamic.scaffold.subclass.ConstructorStrategy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.matcher.ElementMatchers;

import org.springframework.objenesis.ObjenesisStd;
import org.springframework.objenesis.instantiator.ObjectInstantiator;

/**
 * A class that hands every call to an {@link InvocationHandler}, generated once for a
 * type: a proxy for an interface, a subclass made without running constructors for a
 * class. Generated classes are defined in the package and class loader of their type, so
 * that package-private types work, and refer to the JDK only; {@link ClassValue} lets
 * them go together with the type.
 */
final class ProxyType {

	private static final ClassValue<ProxyType> TYPES = new ClassValue<>() {

		@Override
		protected ProxyType computeValue(Class<?> type) {
			return type.isInterface() ? new ProxyType(interfaceFactory(type)) : new ProxyType(classFactory(type));
		}

	};

	private static final String HANDLER_FIELD = "reprise$handler";

	private final Factory factory;

	private ProxyType(Factory factory) {
		this.factory = factory;
	}

	/**
	 * Makes a proxy.
	 * @param <T> the type
	 * @param type an interface, or a class that is not final
	 * @param handler receives every call of a method that is neither private nor final
	 * @return the proxy
	 * @throws DefinitionException if no class can be generated for the type
	 */
	static <T> T newProxy(Class<T> type, InvocationHandler handler) {
		return type.cast(TYPES.get(type).factory.create(handler));
	}

	/**
	 * Generates what {@link #newProxy} needs, so that the first call need not.
	 * @param type an interface, or a class that is not final
	 */
	static void prepare(Class<?> type) {
		TYPES.get(type);
	}

	private static Factory interfaceFactory(Class<?> type) {
		Class<?>[] interfaces = { type };
		try {
			// Not Proxy.newProxyInstance: it looks the class up at every call.
			Object template = Proxy.newProxyInstance(type.getClassLoader(), interfaces, (proxy, method, args) -> null);
			Constructor<?> constructor = template.getClass().getConstructor(InvocationHandler.class);
			constructor.setAccessible(true);
			MethodHandle handle = MethodHandles.lookup()
				.unreflectConstructor(constructor)
				.asType(MethodType.methodType(Object.class, InvocationHandler.class));
			return handler -> create(handle, handler);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			throw cannotGenerate(type, ex);
		}
	}

	private static Factory classFactory(Class<?> type) {
		try {
			Class<?> generated = generate(type);
			ObjectInstantiator<?> instantiator = new ObjenesisStd(false).getInstantiatorOf(generated);
			Field field = generated.getDeclaredField(HANDLER_FIELD);
			field.setAccessible(true);
			MethodHandle setter = MethodHandles.lookup()
				.unreflectSetter(field)
				.asType(MethodType.methodType(void.class, Object.class, InvocationHandler.class));
			return handler -> {
				Object instance = instantiator.newInstance();
				set(setter, instance, handler);
				return instance;
			};
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			throw cannotGenerate(type, ex);
		}
	}

	private static Class<?> generate(Class<?> type) throws IllegalAccessException {
		MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
		return new ByteBuddy(ClassFileVersion.JAVA_V17).with(TypeValidation.DISABLED)
			.with(new NamingStrategy.SuffixingRandom("Reprise"))
			.ignore(ElementMatchers.isFinalizer())
			.subclass(type, ConstructorStrategy.Default.NO_CONSTRUCTORS)
			.defineField(HANDLER_FIELD, InvocationHandler.class, Modifier.PRIVATE | Modifier.TRANSIENT)
			.method(ElementMatchers.not(ElementMatchers.isFinalizer())
				.and(ElementMatchers.not(ElementMatchers.isClone())))
			.intercept(InvocationHandlerAdapter.toField(HANDLER_FIELD))
			.make()
			.load(type.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(lookup))
			.getLoaded();
	}

	private static Object create(MethodHandle constructor, InvocationHandler handler) {
		try {
			return (Object) constructor.invokeExact(handler);
		}
		catch (Throwable ex) {
			throw new IllegalStateException("Expected a proxy to be created, but its constructor failed", ex);
		}
	}

	private static void set(MethodHandle setter, Object instance, InvocationHandler handler) {
		try {
			setter.invokeExact(instance, handler);
		}
		catch (Throwable ex) {
			throw new IllegalStateException("Expected the handler of a proxy to be set, but that failed", ex);
		}
	}

	private static DefinitionException cannotGenerate(Class<?> type, Throwable cause) {
		return new DefinitionException(List.of(Problem.invalid(
				"Expected that a class can be generated for %s, but %s".formatted(type.getName(), cause),
				"Let %s be an interface, or a class that is neither final nor in a package closed to reflection"
					.formatted(type.getName()))),
				cause);
	}

	@FunctionalInterface
	private interface Factory {

		Object create(InvocationHandler handler);

	}

}
