package io.reprise.definition;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/**
 * The one call that a lambda made on a recorder.
 *
 * @param handler the handler it called
 * @param args the arguments
 */
public record RecordedCall(HandlerMethod handler, @Nullable Object[] args) {

	/**
	 * The method that was called.
	 * @return the method
	 */
	public Method method() {
		return handler.method();
	}

}
