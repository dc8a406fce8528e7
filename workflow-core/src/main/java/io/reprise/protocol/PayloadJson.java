package io.reprise.protocol;

import java.nio.charset.StandardCharsets;

import io.reprise.Internal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Payloads as JSON. Their bytes are kept exactly: JSON text as a string, anything else as
 * {@code {"enc":…,"b64":…}}, {@link Payload#NULL} as {@code null}.
 */
@Internal("the kernel stores its state by the same rules")
public final class PayloadJson {

	private PayloadJson() {
	}

	/**
	 * Writes a payload under a name. {@link Payload#NULL} is written, too: where a
	 * payload may be missing, absent and null differ.
	 * @param gen where to
	 * @param name the name
	 * @param payload the payload, or {@code null} to write nothing
	 */
	public static void write(JsonGenerator gen, String name, @Nullable Payload payload) {
		if (payload != null) {
			gen.writeName(name);
			write(gen, payload);
		}
	}

	/**
	 * Writes a payload that is never missing under a name; {@link Payload#NULL} is left
	 * out.
	 * @param gen where to
	 * @param name the name
	 * @param payload the payload
	 */
	public static void writePresent(JsonGenerator gen, String name, Payload payload) {
		if (!isPlainNull(payload)) {
			gen.writeName(name);
			write(gen, payload);
		}
	}

	/**
	 * Writes a payload as a value.
	 * @param gen where to
	 * @param payload the payload
	 */
	public static void write(JsonGenerator gen, Payload payload) {
		writeStored(gen, ClaimCheck.stored(gen, payload));
	}

	private static void writeStored(JsonGenerator gen, Payload payload) {
		if (isPlainNull(payload)) {
			gen.writeNull();
		}
		else if (payload.encoding().equals(Payload.JSON) && TextRules.isUtf8(payload.data())) {
			gen.writeUTF8String(payload.data(), 0, payload.size());
		}
		else {
			gen.writeStartObject();
			JsonIo.writeText(gen, "enc", payload.encoding());
			gen.writeBinaryProperty("b64", payload.data());
			gen.writeEndObject();
		}
	}

	/**
	 * Reads a payload.
	 * @param p a parser on its value
	 * @return the payload
	 */
	public static Payload read(JsonParser p) {
		return switch (p.currentToken()) {
			case VALUE_NULL -> Payload.NULL;
			case VALUE_STRING -> new Payload(Payload.JSON, p.getString().getBytes(StandardCharsets.UTF_8));
			case START_OBJECT -> readEncoded(p);
			case null, default -> throw JsonIo.unexpected(p, "payload", "a payload");
		};
	}

	private static Payload readEncoded(JsonParser p) {
		String encoding = null;
		byte[] data = null;
		for (String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			switch (name) {
				case "enc" -> encoding = JsonIo.text(p, name);
				case "b64" -> data = readBytes(p);
				default -> p.skipChildren();
			}
		}
		return new Payload(JsonIo.require(encoding, "enc"), JsonIo.require(data, "b64"));
	}

	private static byte[] readBytes(JsonParser p) {
		if (p.currentToken() != JsonToken.VALUE_STRING) {
			throw JsonIo.unexpected(p, "b64", "text");
		}
		return p.getBinaryValue();
	}

	private static boolean isPlainNull(Payload payload) {
		return payload.isNull() && payload.size() == 0;
	}

}
