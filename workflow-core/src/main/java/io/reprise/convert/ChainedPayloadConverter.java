package io.reprise.convert;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadConverter;
import io.reprise.spi.ValueConverter;
import org.jspecify.annotations.Nullable;

/**
 * Asks converters of single types first, and leaves to JSON what none of them takes. May
 * be shared between threads.
 */
public final class ChainedPayloadConverter implements PayloadConverter {

	private static final String NAME = "[a-z0-9][a-z0-9.-]{0,63}";

	private static final Set<String> RESERVED = Set.of(Payload.JSON, Payload.NULL.encoding(),
			ArgumentsFraming.ENCODING);

	private final List<ValueConverter> first;

	private final PayloadConverter json;

	/**
	 * Makes a chain. Raw bytes are taken by {@link BytesConverter} after all others.
	 * @param first converters in the order in which they are asked
	 * @param json takes the rest
	 * @throws WorkflowException with {@code INVALID_DEFINITION} if an encoding has no
	 * valid name, or two converters have the same
	 */
	public ChainedPayloadConverter(List<? extends ValueConverter> first, PayloadConverter json) {
		List<ValueConverter> all = new ArrayList<>(first);
		all.add(new BytesConverter());
		Set<String> names = new HashSet<>();
		for (ValueConverter converter : all) {
			String name = converter.encoding();
			if (!name.matches(NAME) || RESERVED.contains(name) || !names.add(name)) {
				throw new WorkflowException(ErrorCode.INVALID_DEFINITION,
						"Expected the encoding of %s to be a name of its own of lower-case letters, digits, dots and hyphens, but it is '%s'. Those taken are %s and %s"
							.formatted(converter.getClass().getName(), name, RESERVED.stream().sorted().toList(),
									names.stream().sorted().toList()));
			}
		}
		this.first = List.copyOf(all);
		this.json = json;
	}

	@Override
	public Payload toPayload(@Nullable Object value) {
		ValueConverter converter = (value != null) ? writer(value) : null;
		return (value != null && converter != null) ? write(converter, value) : json.toPayload(value);
	}

	private @Nullable ValueConverter writer(Object value) {
		for (ValueConverter converter : first) {
			if (converter.canWrite(value)) {
				return converter;
			}
		}
		return null;
	}

	private static Payload write(ValueConverter converter, Object value) {
		try {
			return new Payload(converter.encoding(), converter.write(value));
		}
		catch (WorkflowException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			// Its message may quote the value
			throw new WorkflowException(ErrorCode.ENCODING_FAILED,
					"Expected a value of type %s to be writable as '%s', but %s threw %s; make the converter write it, or refuse it"
						.formatted(value.getClass().getTypeName(), converter.encoding(), converter.getClass().getName(),
								ex.getClass().getName()));
		}
	}

	@Override
	public @Nullable Object fromPayload(Payload payload, Type type) {
		if (isJson(payload) || type == void.class || type == Void.class) {
			return json.fromPayload(payload, type);
		}
		ValueConverter converter = reader(payload);
		try {
			return converter.read(payload.data(), type);
		}
		catch (WorkflowException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new WorkflowException(ErrorCode.DECODING_FAILED,
					"Expected a payload in '%s' to be readable as %s, but %s threw %s; converters must go on reading what they once wrote"
						.formatted(payload.encoding(), type.getTypeName(), converter.getClass().getName(),
								ex.getClass().getName()));
		}
	}

	private static boolean isJson(Payload payload) {
		return payload.encoding().equals(Payload.JSON) || payload.isNull();
	}

	private ValueConverter reader(Payload payload) {
		for (ValueConverter converter : first) {
			if (converter.encoding().equals(payload.encoding())) {
				return converter;
			}
		}
		throw new WorkflowException(ErrorCode.CODEC_FAILED,
				"Expected a payload in an encoding that is read here, but it is in '%s', and only %s are. Add the ValueConverter or PayloadCodec that wrote it as a bean"
					.formatted(payload.encoding(), encodings()));
	}

	private List<String> encodings() {
		List<String> encodings = new ArrayList<>(first.stream().map(ValueConverter::encoding).toList());
		encodings.add(Payload.JSON);
		return encodings;
	}

	@Override
	public Payload toArguments(@Nullable Object... args) {
		if (args == null || !isMixed(args)) {
			return json.toArguments(args);
		}
		List<Payload> arguments = new ArrayList<>(args.length);
		for (Object arg : args) {
			arguments.add(toPayload(arg));
		}
		return ArgumentsFraming.join(arguments);
	}

	private boolean isMixed(@Nullable Object[] args) {
		for (Object arg : args) {
			if (arg != null && writer(arg) != null) {
				return true;
			}
		}
		return false;
	}

	@Override
	public @Nullable Object[] fromArguments(Payload payload, Type[] types) {
		if (isJson(payload)) {
			return json.fromArguments(payload, types);
		}
		if (!payload.encoding().equals(ArgumentsFraming.ENCODING)) {
			// Names what is wrong with it
			reader(payload);
		}
		List<Payload> arguments = ArgumentsFraming.split(payload);
		if (arguments.size() > types.length) {
			throw new WorkflowException(ErrorCode.DECODING_FAILED,
					"Expected at most %d arguments, but the payload has %d; does the caller know another version?"
						.formatted(types.length, arguments.size()));
		}
		@Nullable Object[] args = new @Nullable Object[types.length];
		for (int i = 0; i < types.length; i++) {
			args[i] = fromPayload((i < arguments.size()) ? arguments.get(i) : Payload.NULL, types[i]);
		}
		return args;
	}

}
