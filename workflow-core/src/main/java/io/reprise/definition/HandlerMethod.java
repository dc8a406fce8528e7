package io.reprise.definition;

import java.lang.reflect.Method;
import java.lang.reflect.Type;

/**
 * A method of a workflow type that can be called from outside.
 *
 * @param kind what it is for
 * @param name name it is known by in histories; for the run method the method's name
 * @param method the method
 * @param parameterTypes what its arguments are read as; not to be changed
 * @param resultType what its result is read as; {@link Void} for {@code void}
 * @param dynamic whether it takes what has no handler of its own
 */
public record HandlerMethod(Kind kind, String name, Method method, Type[] parameterTypes, Type resultType,
		boolean dynamic) {

	/**
	 * What a method is for.
	 */
	public enum Kind {

		/** The workflow method. */
		RUN,
		/** Reads state. */
		QUERY,
		/** Receives a message. */
		SIGNAL,
		/** Receives a message and answers it. */
		UPDATE,
		/** Refuses updates. */
		VALIDATOR;

		String annotation() {
			return switch (this) {
				case RUN -> "@Workflow.Run";
				case QUERY -> "@Workflow.Query";
				case SIGNAL -> "@Workflow.Signal";
				case UPDATE -> "@Workflow.Update";
				case VALIDATOR -> "@Workflow.UpdateValidator";
			};
		}

	}

}
