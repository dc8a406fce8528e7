package io.reprise.spi;

import java.lang.reflect.Type;

import io.reprise.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Turns values of the application into payloads and back. All that is written or read
 * passes here: arguments, results, signals, queries, side effects, details. Single types
 * are better given to a {@link ValueConverter}, encryption to a {@link PayloadCodec}.
 */
public interface PayloadConverter {

	/**
	 * Writes one value.
	 * @param value the value
	 * @return its payload; {@link Payload#NULL} for {@code null}
	 * @throws io.reprise.WorkflowException with {@code ENCODING_FAILED}
	 */
	Payload toPayload(@Nullable Object value);

	/**
	 * Reads one value.
	 * @param payload the payload
	 * @param type the type to read, generic types included
	 * @return the value
	 * @throws io.reprise.WorkflowException with {@code DECODING_FAILED}
	 */
	@Nullable Object fromPayload(Payload payload, Type type);

	/**
	 * Writes the arguments of a call as one payload.
	 * @param args the arguments
	 * @return the payload
	 * @throws io.reprise.WorkflowException with {@code ENCODING_FAILED}
	 */
	Payload toArguments(@Nullable Object... args);

	/**
	 * Reads the arguments of a call. Missing ones become {@code null}, so that parameters
	 * can be added at the end; one too many is an error.
	 * @param payload the payload
	 * @param types types of the parameters
	 * @return the arguments, as many as there are types
	 * @throws io.reprise.WorkflowException with {@code DECODING_FAILED}
	 */
	@Nullable Object[] fromArguments(Payload payload, Type[] types);

	/**
	 * Writes a text of a failure, its message or its stack trace: as it is, unless the
	 * converter keeps such texts secret.
	 * @param text the text
	 * @return what is recorded
	 */
	default String toFailureText(String text) {
		return text;
	}

	/**
	 * Reads a text of a failure.
	 * @param text what was recorded, by this converter or another
	 * @return the text
	 */
	default String fromFailureText(String text) {
		return text;
	}

}
