package io.reprise.spi;

import java.lang.reflect.Type;

import io.reprise.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Turns values of the application into payloads and back.
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

}
