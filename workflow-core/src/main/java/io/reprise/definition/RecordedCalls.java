package io.reprise.definition;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.function.Consumer;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * Records which handler of a workflow a lambda calls, and with what, by running it
 * against a recorder instead of a workflow. Each recording has a recorder of its own, so
 * all threads may record.
 */
public final class RecordedCalls {

	private static final @Nullable Object[] NO_ARGUMENTS = new Object[0];

	private RecordedCalls() {
	}

	/**
	 * Records the call that a lambda makes.
	 * @param <W> the workflow type
	 * @param type class or interface of a workflow
	 * @param call makes exactly one call; what it gets back is {@code null}, zero or
	 * {@code false}
	 * @return the call
	 * @throws WorkflowException with {@link ErrorCode#INVALID_RECORDED_CALL} if it makes
	 * no call, several, or one that is not of a handler
	 * @throws DefinitionException if the type breaks a rule
	 */
	public static <W> RecordedCall record(Class<W> type, Consumer<W> call) {
		ClientType clientType = ClientType.of(type);
		Recorder recorder = new Recorder(clientType);
		W proxy = ProxyType.newProxy(type, recorder);
		try {
			call.accept(proxy);
		}
		catch (RuntimeException ex) {
			throw recorder.failed(ex);
		}
		return recorder.recorded();
	}

	/**
	 * Does what is done once for a type, so that the first recording need not.
	 * @param type class or interface of a workflow
	 * @throws DefinitionException if the type breaks a rule
	 */
	public static void prepare(Class<?> type) {
		ClientType.of(type);
		ProxyType.prepare(type);
	}

	private static final class Recorder implements InvocationHandler {

		private final ClientType type;

		private @Nullable HandlerMethod handler;

		private @Nullable Object[] args = NO_ARGUMENTS;

		private Recorder(ClientType type) {
			this.type = type;
		}

		@Override
		public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
			if (Methods.isObjectMethod(method)) {
				return switch (method.getName()) {
					case "equals" -> arguments != null && proxy == arguments[0];
					case "hashCode" -> System.identityHashCode(proxy);
					default -> "recorder of calls of " + type.type().getName();
				};
			}
			HandlerMethod called = type.handler(method);
			HandlerMethod before = handler;
			if (before != null) {
				throw invalid("it called %s and then %s".formatted(before.method().getName(), method.getName()), null);
			}
			handler = called;
			args = (arguments != null) ? arguments : NO_ARGUMENTS;
			return neutral(method.getReturnType());
		}

		private RecordedCall recorded() {
			HandlerMethod called = handler;
			if (called == null) {
				throw invalid("it made none", null);
			}
			return new RecordedCall(called, args);
		}

		/** What the lambda itself gets wrong before its call is the caller's business. */
		private RuntimeException failed(RuntimeException failure) {
			HandlerMethod called = handler;
			if (called == null || failure instanceof WorkflowException) {
				return failure;
			}
			return invalid("after calling %s it failed with %s".formatted(called.method().getName(), failure), failure);
		}

		private WorkflowException invalid(String found, @Nullable Throwable cause) {
			return new WorkflowException(ErrorCode.INVALID_RECORDED_CALL,
					"Expected the lambda to make exactly one call of a method of %s, but %s. Write only the call, such as w -> w.%s(...), and compute its arguments before"
						.formatted(type.type().getSimpleName(), found, type.run().method().getName()),
					cause);
		}

		private static @Nullable Object neutral(Class<?> type) {
			if (!type.isPrimitive() || type == void.class) {
				return null;
			}
			return switch (type.getName()) {
				case "boolean" -> false;
				case "char" -> '\0';
				case "byte" -> (byte) 0;
				case "short" -> (short) 0;
				case "long" -> 0L;
				case "float" -> 0f;
				case "double" -> 0d;
				default -> 0;
			};
		}

	}

}
