package io.reprise.definition;

import io.reprise.protocol.Payload;
import io.reprise.replay.WorkflowCode;
import io.reprise.spi.PayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * A dynamic handler, for one name that has no handler of its own.
 */
final class DynamicHandlerCode implements WorkflowCode.Handler {

	private final WorkflowCode.Handler handler;

	private final String name;

	private final PayloadConverter converter;

	DynamicHandlerCode(WorkflowCode.Handler handler, String name, PayloadConverter converter) {
		this.handler = handler;
		this.name = name;
		this.converter = converter;
	}

	@Override
	public @Nullable Object[] decode(Payload arguments) {
		return new @Nullable Object[] { name, new PayloadArguments(converter, arguments) };
	}

	@Override
	public @Nullable Object invoke(Object target, @Nullable Object[] arguments) throws Throwable {
		return handler.invoke(target, arguments);
	}

	@Override
	public Payload encode(@Nullable Object result) {
		return handler.encode(result);
	}

	@Override
	public String toString() {
		return handler + " for '" + name + "'";
	}

}
