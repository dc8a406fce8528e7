package io.reprise.convert;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Type;
import java.util.Arrays;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadConverter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Payloads as JSON text, by Jackson. Values are written by their class, not by the
 * declared type.
 * <p>
 * The mapper's modules, mix-ins, naming and inclusion are taken as they are. A few
 * features are set whatever the mapper says, because a payload is read again by later
 * versions of the code and must then be what it was: unknown properties are skipped,
 * missing ones get the default of their type, decimal numbers are read exactly (as
 * {@link java.math.BigDecimal} where the type leaves it open), times keep their zone, and
 * nothing is wrapped or indented.
 * <p>
 * Messages of exceptions name types and paths, never values. For the same reason
 * Jackson's exceptions, which quote what they met, are not kept as causes. May be shared
 * between threads.
 */
public final class JacksonPayloadConverter implements PayloadConverter {

	private static final byte[] NULL = { 'n', 'u', 'l', 'l' };

	private final JsonMapper mapper;

	private final ObjectWriter writer;

	private final ObjectReader reader;

	private final ObjectReader elementReader;

	/**
	 * Makes a converter.
	 * @param mapper knows the application's types; it is not changed
	 */
	public JacksonPayloadConverter(JsonMapper mapper) {
		this.mapper = mapper.rebuild()
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
					DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES,
					DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.UNWRAP_ROOT_VALUE)
			.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.disable(SerializationFeature.WRAP_ROOT_VALUE, SerializationFeature.INDENT_OUTPUT,
					SerializationFeature.CLOSE_CLOSEABLE)
			.disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE, DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID,
					DateTimeFeature.WRITE_DATES_WITH_CONTEXT_TIME_ZONE)
			.enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
			.build();
		this.writer = this.mapper.writer();
		this.reader = this.mapper.reader();
		this.elementReader = reader.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	}

	/**
	 * A converter over a mapper with Jackson's defaults.
	 * @return the converter
	 */
	public static JacksonPayloadConverter withDefaults() {
		return new JacksonPayloadConverter(JsonMapper.builder().build());
	}

	@Override
	public Payload toPayload(@Nullable Object value) {
		if (value == null) {
			return Payload.NULL;
		}
		try {
			return new Payload(Payload.JSON, writer.writeValueAsBytes(value));
		}
		catch (RuntimeException ex) {
			throw ConversionProblems.encoding("a value", value, ex);
		}
	}

	@Override
	public @Nullable Object fromPayload(Payload payload, Type type) {
		if (type == void.class || type == Void.class) {
			return null;
		}
		byte[] json = payload.isNull() ? NULL : requireJson(payload);
		if (isPrimitive(type) && Arrays.equals(json, NULL)) {
			throw decoding("Expected a value of type %s, but the payload is null".formatted(type.getTypeName()));
		}
		return read(json, type);
	}

	private @Nullable Object read(byte[] json, Type type) {
		try {
			return reader.forType(mapper.constructType(type)).readValue(json);
		}
		catch (RuntimeException ex) {
			throw ConversionProblems.decoding("a value", type, ex);
		}
	}

	@Override
	public Payload toArguments(@Nullable Object... args) {
		if (args == null || args.length == 0) {
			return Payload.NO_ARGUMENTS;
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
		int position = 0;
		try (JsonGenerator gen = writer.createGenerator(bytes)) {
			gen.writeStartArray();
			for (; position < args.length; position++) {
				writer.writeValue(gen, args[position]);
			}
			gen.writeEndArray();
		}
		catch (RuntimeException ex) {
			int at = Math.min(position, args.length - 1);
			throw ConversionProblems.encoding("argument " + (at + 1), args[at], ex);
		}
		return new Payload(Payload.JSON, bytes.toByteArray());
	}

	@Override
	public @Nullable Object[] fromArguments(Payload payload, Type[] types) {
		@Nullable Object[] args = new @Nullable Object[types.length];
		int present = payload.isNull() ? 0 : readArguments(requireJson(payload), types, args);
		for (int i = present; i < types.length; i++) {
			if (isPrimitive(types[i])) {
				throw decoding(("Expected %d arguments, but the payload has %d and parameter %d (%s) cannot be null;"
						+ " give parameters that are added later a reference type")
					.formatted(types.length, present, i + 1, types[i].getTypeName()));
			}
			args[i] = read(NULL, types[i]);
		}
		return args;
	}

	private int readArguments(byte[] json, Type[] types, @Nullable Object[] args) {
		int position = 0;
		try (JsonParser p = elementReader.createParser(json)) {
			if (p.nextToken() != JsonToken.START_ARRAY) {
				throw decoding("Expected a payload of arguments to be a JSON array, but it is something else");
			}
			while (p.nextToken() != JsonToken.END_ARRAY) {
				if (position < types.length) {
					args[position] = readArgument(p, types[position], position);
				}
				else {
					p.skipChildren();
				}
				position++;
			}
		}
		catch (WorkflowException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw ConversionProblems.decoding("the arguments", Object[].class, ex);
		}
		if (position > types.length) {
			throw decoding(
					"Expected at most %d arguments, but the payload has %d; does the caller know another version?"
						.formatted(types.length, position));
		}
		return position;
	}

	private @Nullable Object readArgument(JsonParser p, Type type, int position) {
		if (isPrimitive(type) && p.currentToken() == JsonToken.VALUE_NULL) {
			throw decoding("Expected a value for parameter %d (%s), but it is null".formatted(position + 1,
					type.getTypeName()));
		}
		try {
			return elementReader.forType(mapper.constructType(type)).readValue(p);
		}
		catch (RuntimeException ex) {
			throw ConversionProblems.decoding("argument " + (position + 1), type, ex);
		}
	}

	private static byte[] requireJson(Payload payload) {
		if (!payload.encoding().equals(Payload.JSON)) {
			throw decoding("Expected a payload in the encoding '%s', but it is in '%s'; use the converter that wrote it"
				.formatted(Payload.JSON, payload.encoding()));
		}
		return payload.data();
	}

	private static boolean isPrimitive(Type type) {
		return type instanceof Class<?> c && c.isPrimitive();
	}

	private static WorkflowException decoding(String message) {
		return new WorkflowException(ErrorCode.DECODING_FAILED, message);
	}

}
