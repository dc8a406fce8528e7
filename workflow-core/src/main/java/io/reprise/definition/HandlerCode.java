package io.reprise.definition;

import java.lang.invoke.MethodHandle;

import io.reprise.protocol.Payload;
import io.reprise.replay.WorkflowCode;
import io.reprise.spi.PayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * A handler as the replayer calls it.
 */
final class HandlerCode implements WorkflowCode.Handler {

	private final HandlerMethod handler;

	private final MethodHandle handle;

	private final PayloadConverter converter;

	HandlerCode(HandlerMethod handler, PayloadConverter converter) {
		this.handler = handler;
		this.converter = converter;
		handle = Invoker.method(handler.method());
	}

	@Override
	public @Nullable Object[] decode(Payload arguments) {
		return converter.fromArguments(arguments, handler.parameterTypes());
	}

	@Override
	public @Nullable Object invoke(Object target, @Nullable Object[] arguments) throws Throwable {
		return Invoker.invoke(handle, target, arguments);
	}

	@Override
	public Payload encode(@Nullable Object result) {
		return converter.toPayload(result);
	}

	@Override
	public String toString() {
		return Methods.describe(handler.method());
	}

}
