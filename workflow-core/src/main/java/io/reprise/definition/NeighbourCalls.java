package io.reprise.definition;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.function.Consumer;

import io.reprise.ChildCall;
import io.reprise.ChildOptions;
import io.reprise.ErrorCode;
import io.reprise.SignalCall;
import io.reprise.WorkflowContext;
import io.reprise.WorkflowException;
import io.reprise.definition.HandlerMethod.Kind;
import io.reprise.replay.WorkflowCalls;
import org.jspecify.annotations.Nullable;

/**
 * Records what workflows call of each other. Holds nothing, so one serves all.
 */
final class NeighbourCalls implements WorkflowCalls {

	static final NeighbourCalls INSTANCE = new NeighbourCalls();

	private static final @Nullable Object[] NO_ARGUMENTS = new Object[0];

	private NeighbourCalls() {
	}

	@Override
	public <W> W childStub(Class<W> type, ChildOptions options) {
		return ProxyType.newProxy(type, new ChildStub(ClientType.of(type), options));
	}

	@Override
	public <W> ChildCall recordRun(Class<W> type, Consumer<W> call, ChildOptions options) {
		RecordedCall recorded = RecordedCalls.record(type, call);
		ClientType clientType = ClientType.of(type);
		requireKind(recorded.handler(), Kind.RUN, clientType, "A child is started with it");
		return new ChildCall(clientType.workflowType(), options, clientType.resultType(), recorded.args());
	}

	@Override
	public <W> SignalCall recordSignal(Class<W> type, Consumer<W> call) {
		RecordedCall recorded = RecordedCalls.record(type, call);
		requireKind(recorded.handler(), Kind.SIGNAL, ClientType.of(type), "A workflow only signals another");
		return new SignalCall(recorded.handler().name(), recorded.args());
	}

	private static void requireKind(HandlerMethod handler, Kind kind, ClientType type, String reason) {
		if (handler.kind() != kind) {
			throw new WorkflowException(ErrorCode.INVALID_RECORDED_CALL,
					"Expected a call of a method of %s that is annotated with %s, but '%s' is not. %s"
						.formatted(type.type().getSimpleName(), kind.annotation(), handler.method().getName(), reason));
		}
	}

	/**
	 * Starts children.
	 */
	private record ChildStub(ClientType type, ChildOptions options) implements InvocationHandler {

		@Override
		public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
			if (Methods.isObjectMethod(method)) {
				return switch (method.getName()) {
					case "equals" -> arguments != null && proxy == arguments[0];
					case "hashCode" -> System.identityHashCode(proxy);
					default -> "stub of child workflow " + type.workflowType();
				};
			}
			requireKind(type.handler(method), Kind.RUN, type,
					"Start the child with Workflows.startChild to signal it afterwards");
			Object result = WorkflowContext.current()
				.startChild(new ChildCall(type.workflowType(), options, type.resultType(),
						(arguments != null) ? arguments : NO_ARGUMENTS))
				.result()
				.get();
			if (result == null && method.getReturnType().isPrimitive() && method.getReturnType() != void.class) {
				throw new WorkflowException(ErrorCode.DECODING_FAILED,
						"Expected a result of type %s from child workflow %s, but it recorded none. Return the boxed type where there may be no result"
							.formatted(method.getReturnType(), type.workflowType()));
			}
			return result;
		}

	}

}
