package io.reprise.definition;

import io.reprise.Arguments;
import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a payload, read one by one.
 */
final class PayloadArguments implements Arguments {

	private static final @Nullable Object[] NONE = {};

	private final PayloadConverter converter;

	private final @Nullable Object[] values;

	PayloadArguments(PayloadConverter converter, Payload payload) {
		this.converter = converter;
		values = (converter.fromPayload(payload, Object[].class) instanceof Object[] read) ? read : NONE;
	}

	@Override
	public int size() {
		return values.length;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T get(int index, Class<T> type) {
		if (index < 0 || index >= values.length) {
			throw new WorkflowException(ErrorCode.INVALID_ARGUMENT,
					"Expected an argument at index %d, but there are %d".formatted(index, values.length));
		}
		return (T) converter.fromPayload(converter.toPayload(values[index]), type);
	}

	@Override
	public String toString() {
		return values.length + " arguments";
	}

}
