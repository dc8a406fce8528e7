package io.reprise;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/**
 * A logger that asks its thread's workflow at each call whether to be silent, and then
 * hands the call to the logger that says nothing.
 */
final class ReplaySilentLogger {

	private ReplaySilentLogger() {
	}

	static Logger of(Class<?> type) {
		Logger loud = LoggerFactory.getLogger(type);
		return (Logger) Proxy.newProxyInstance(Logger.class.getClassLoader(), new Class<?>[] { Logger.class },
				(proxy, method, args) -> invoke(loud, method, args));
	}

	private static @Nullable Object invoke(Logger loud, Method method, @Nullable Object @Nullable [] args)
			throws Throwable {
		WorkflowContext context = WorkflowContext.currentOrNull();
		boolean silent = context != null && context.isReplaying() && method.getDeclaringClass() == Logger.class
				&& !method.getName().equals("getName");
		try {
			return method.invoke(silent ? NOPLogger.NOP_LOGGER : loud, args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
