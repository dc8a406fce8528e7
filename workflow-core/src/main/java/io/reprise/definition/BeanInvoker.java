package io.reprise.definition;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Calls a method of a bean through the bean's proxy, so that advice applies.
 */
final class BeanInvoker {

	private final ActivityBean bean;

	private final Method method;

	/**
	 * A bean's class is the same at every attempt, or nearly so: the last one is kept.
	 */
	private volatile @Nullable Target target;

	BeanInvoker(ActivityBean bean, Method method) {
		this.bean = bean;
		this.method = method;
	}

	@Nullable Object invoke(@Nullable Object[] arguments) throws Throwable {
		Object instance = bean.bean().get();
		try {
			return Invoker.invoke(handle(instance.getClass()), instance, arguments);
		}
		catch (UndeclaredThrowableException ex) {
			Throwable undeclared = ex.getUndeclaredThrowable();
			throw (undeclared != null) ? undeclared : ex;
		}
	}

	/** Fails if the bean cannot be called. */
	void verify() {
		handle(bean.bean().get().getClass());
	}

	private MethodHandle handle(Class<?> beanClass) {
		Target last = target;
		if (last == null || last.beanClass() != beanClass) {
			last = new Target(beanClass, Invoker.method(invocable(beanClass)));
			target = last;
		}
		return last.handle();
	}

	private Method invocable(Class<?> beanClass) {
		if (method.getDeclaringClass().isAssignableFrom(beanClass)) {
			return method;
		}
		for (Class<?> implemented : ClassUtils.getAllInterfacesForClassAsSet(beanClass)) {
			Method candidate = ClassUtils.getMethodIfAvailable(implemented, method.getName(),
					method.getParameterTypes());
			if (candidate != null) {
				return candidate;
			}
		}
		throw new DefinitionException(Problem.invalid(
				"Expected bean '%s' to have the method %s, but it is a proxy of interfaces only and none of them has it"
					.formatted(bean.beanName(), Methods.describe(method)),
				"Put @Activity on an interface that %s implements, or let Spring proxy classes (proxyTargetClass = true)"
					.formatted(bean.userClass().getSimpleName())));
	}

	private record Target(Class<?> beanClass, MethodHandle handle) {

	}

}
