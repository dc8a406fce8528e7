package io.reprise.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.reprise.ErrorCode;
import io.reprise.Internal;
import io.reprise.WorkflowException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * The rules that all stored JSON follows: times are microseconds since the epoch,
 * durations microseconds, what is absent has its default. Safe for use by several
 * threads.
 */
@Internal("the kernel stores its state by the same rules")
public final class JsonIo {

	/** What to do about bytes that a newer version wrote. */
	private static final String NEWER = "a newer version of Reprise wrote it; run that version or a newer one";

	private static final long MICROS = 1_000_000;

	// What was once written must be readable, whatever its size.
	private static final JsonFactory FACTORY = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
		.build();

	private JsonIo() {
	}

	/**
	 * Writes a document.
	 * @param body what writes it
	 * @return its bytes
	 */
	public static byte[] write(Consumer<JsonGenerator> body) {
		return write(null, body);
	}

	/**
	 * Writes a document without its large payloads.
	 * @param claimCheck what keeps them out, or {@code null} to leave them in
	 * @param body what writes it
	 * @return its bytes
	 */
	public static byte[] write(@Nullable ClaimCheck claimCheck, Consumer<JsonGenerator> body) {
		ByteSink sink = new ByteSink(claimCheck);
		try (JsonGenerator gen = FACTORY.createGenerator(ObjectWriteContext.empty(), sink)) {
			body.accept(gen);
		}
		return sink.toByteArray();
	}

	/**
	 * Reads a document that is one object.
	 * @param <T> what it holds
	 * @param what what it should be, for messages
	 * @param bytes its bytes
	 * @param reader reads it; the parser stands on the start of the object and must be
	 * left on its end
	 * @return what it holds
	 * @throws WorkflowException with {@link ErrorCode#UNREADABLE_HISTORY}
	 */
	public static <T> T read(String what, byte[] bytes, Reader<T> reader) {
		try (JsonParser p = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
			p.nextToken();
			expectObject(p, "the document");
			T value = reader.read(p);
			if (p.nextToken() != null) {
				throw corrupt("something follows its end");
			}
			return value;
		}
		catch (WorkflowException ex) {
			throw new WorkflowException(ErrorCode.UNREADABLE_HISTORY,
					"Expected %s to be readable, but %s".formatted(what, ex.getMessage()), ex);
		}
		catch (JacksonException ex) {
			// Not as a cause: the parser's messages quote what it met.
			throw new WorkflowException(ErrorCode.UNREADABLE_HISTORY,
					"Expected %s to be readable, but it is no JSON from byte %d of %d on; restore it from a backup"
						.formatted(what, (ex.getLocation() != null) ? ex.getLocation().getByteOffset() : 0,
								bytes.length));
		}
	}

	/**
	 * Says that stored bytes are broken.
	 * @param problem what is wrong with them
	 * @return the exception to throw
	 */
	public static WorkflowException corrupt(String problem) {
		return new WorkflowException(ErrorCode.UNREADABLE_HISTORY, problem + "; restore it from a backup");
	}

	/**
	 * Says that stored bytes hold what only a newer version knows.
	 * @param problem what is unknown
	 * @return the exception to throw
	 */
	public static WorkflowException newer(String problem) {
		return new WorkflowException(ErrorCode.UNREADABLE_HISTORY, problem + ": " + NEWER);
	}

	/**
	 * Checks the version that a document begins with, and moves past it.
	 * @param p a parser on the start of the document
	 * @param supported the newest version that this build reads
	 */
	public static void expectVersion(JsonParser p, int supported) {
		if (!"v".equals(p.nextName())) {
			throw corrupt("it does not begin with its version");
		}
		p.nextToken();
		long version = integer(p, "v");
		if (version > supported) {
			throw newer("it has format version %d and this build reads up to %d".formatted(version, supported));
		}
		if (version < 1) {
			throw corrupt("it has format version " + version);
		}
	}

	/**
	 * Reads the kind that an object begins with.
	 * @param p a parser on the start of the object
	 * @return the kind
	 */
	public static String expectKind(JsonParser p) {
		if (!"k".equals(p.nextName()) || p.nextToken() != JsonToken.VALUE_STRING) {
			throw corrupt("an object does not begin with its kind");
		}
		return p.getString();
	}

	/**
	 * Expects the parser to stand on the start of an object.
	 * @param p the parser
	 * @param field name of the field, for messages
	 */
	public static void expectObject(JsonParser p, String field) {
		if (p.currentToken() != JsonToken.START_OBJECT) {
			throw unexpected(p, field, "an object");
		}
	}

	/**
	 * Writes text under a name, or nothing for {@code null}. Unlike the generator's own
	 * method it writes every string: one that is not valid Unicode, too.
	 * @param gen where to
	 * @param name the name
	 * @param text the text, or {@code null}
	 */
	public static void writeText(JsonGenerator gen, String name, @Nullable String text) {
		if (text != null) {
			gen.writeName(name);
			writeText(gen, text);
		}
	}

	/**
	 * Writes text as a value.
	 * @param gen where to
	 * @param text the text
	 */
	public static void writeText(JsonGenerator gen, String text) {
		if (TextRules.isWellFormed(text)) {
			gen.writeString(text);
		}
		else {
			gen.writeRawValue(TextRules.quoteAscii(text));
		}
	}

	/**
	 * Writes a list of texts under a name, or nothing for an empty one.
	 * @param gen where to
	 * @param name the name
	 * @param texts the texts
	 */
	public static void writeTexts(JsonGenerator gen, String name, List<String> texts) {
		if (!texts.isEmpty()) {
			gen.writeArrayPropertyStart(name);
			for (String text : texts) {
				writeText(gen, text);
			}
			gen.writeEndArray();
		}
	}

	/**
	 * The current value as text.
	 * @param p the parser
	 * @param field name of the field, for messages
	 * @return the text, {@code null} for JSON's null
	 */
	public static @Nullable String text(JsonParser p, String field) {
		return switch (p.currentToken()) {
			case VALUE_STRING -> p.getString();
			case VALUE_NULL -> null;
			case null, default -> throw unexpected(p, field, "text");
		};
	}

	/**
	 * The current value as a list of texts.
	 * @param p the parser
	 * @param field name of the field, for messages
	 * @return the texts
	 */
	public static List<String> texts(JsonParser p, String field) {
		if (p.currentToken() != JsonToken.START_ARRAY) {
			throw unexpected(p, field, "a list");
		}
		List<String> texts = new ArrayList<>();
		while (p.nextToken() != JsonToken.END_ARRAY) {
			texts.add(require(text(p, field), field));
		}
		return texts;
	}

	/**
	 * The current value as a whole number.
	 * @param p the parser
	 * @param field name of the field, for messages
	 * @return the number
	 */
	public static long integer(JsonParser p, String field) {
		if (p.currentToken() != JsonToken.VALUE_NUMBER_INT) {
			throw unexpected(p, field, "a whole number");
		}
		return p.getLongValue();
	}

	/**
	 * The current value as a small whole number.
	 * @param p the parser
	 * @param field name of the field, for messages
	 * @return the number
	 */
	public static int int32(JsonParser p, String field) {
		long value = integer(p, field);
		if (value != (int) value) {
			throw corrupt("'%s' is too large".formatted(field));
		}
		return (int) value;
	}

	/**
	 * The current value as a truth value.
	 * @param p the parser
	 * @param field name of the field, for messages
	 * @return the value
	 */
	public static boolean bool(JsonParser p, String field) {
		return switch (p.currentToken()) {
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			case null, default -> throw unexpected(p, field, "true or false");
		};
	}

	/**
	 * The current value as a constant of an enum.
	 * @param <E> the enum
	 * @param p the parser
	 * @param field name of the field, for messages
	 * @param type the enum
	 * @return the constant
	 */
	public static <E extends Enum<E>> E constant(JsonParser p, String field, Class<E> type) {
		String name = require(text(p, field), field);
		for (E constant : type.getEnumConstants()) {
			if (constant.name().equals(name)) {
				return constant;
			}
		}
		throw newer("'%s' has the unknown value '%s'".formatted(field, TextRules.excerpt(name)));
	}

	/**
	 * Expects a field to be there.
	 * @param <T> its type
	 * @param value its value, or {@code null}
	 * @param field its name, for the message
	 * @return the value
	 */
	public static <T> T require(@Nullable T value, String field) {
		if (value == null) {
			throw corrupt("'%s' is missing".formatted(field));
		}
		return value;
	}

	/**
	 * Says that the current value is not what it should be.
	 * @param p the parser
	 * @param field name of the field
	 * @param expected what it should be
	 * @return the exception to throw
	 */
	public static WorkflowException unexpected(JsonParser p, String field, String expected) {
		return corrupt("'%s' is %s instead of %s".formatted(field, p.currentToken(), expected));
	}

	/**
	 * A time as it is stored. What is finer than a microsecond is dropped.
	 * @param time the time
	 * @return microseconds since the epoch
	 */
	public static long micros(Instant time) {
		return micros(time.getEpochSecond(), time.getNano() / 1000);
	}

	/**
	 * The first stored time that is not before a time.
	 * @param time the time
	 * @return microseconds since the epoch
	 */
	public static long microsUp(Instant time) {
		return micros(time.getEpochSecond(), (time.getNano() + 999) / 1000);
	}

	/**
	 * A duration as it is stored: rounded up, so that nothing ends early.
	 * @param duration the duration
	 * @return microseconds; the largest number for what is longer
	 */
	public static long micros(Duration duration) {
		return micros(duration.getSeconds(), (duration.getNano() + 999) / 1000);
	}

	private static long micros(long seconds, int micros) {
		long limit = Long.MAX_VALUE / MICROS - 1;
		if (Math.abs(seconds) > limit || seconds == Long.MIN_VALUE) {
			return (seconds > 0) ? Long.MAX_VALUE : -Long.MAX_VALUE;
		}
		return seconds * MICROS + micros;
	}

	/**
	 * Reads a stored time.
	 * @param micros microseconds since the epoch
	 * @return the time
	 */
	public static Instant instant(long micros) {
		return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
	}

	/**
	 * Reads a stored duration.
	 * @param micros microseconds
	 * @return the duration
	 */
	public static Duration duration(long micros) {
		return Duration.ofSeconds(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
	}

	/**
	 * Reads a document.
	 *
	 * @param <T> what it holds
	 */
	@FunctionalInterface
	public interface Reader<T> {

		T read(JsonParser p);

	}

}
