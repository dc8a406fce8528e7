package io.reprise.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A value of the application, opaque to the platform. Arguments of a call are one
 * payload.
 *
 * @param encoding how to read the data, such as {@code json} or {@code null}
 * @param data the bytes; owned by this payload, never written to
 */
public record Payload(String encoding, byte[] data) {

	/** UTF-8 JSON text. */
	public static final String JSON = "json";

	/** No value: {@code null}, or the result of {@code void}. */
	public static final Payload NULL = new Payload("null", new byte[0]);

	/** No arguments. */
	public static final Payload NO_ARGUMENTS = json("[]");

	public static Payload json(String text) {
		return new Payload(JSON, text.getBytes(StandardCharsets.UTF_8));
	}

	public boolean isNull() {
		return encoding.equals(NULL.encoding);
	}

	public int size() {
		return data.length;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Payload that && encoding.equals(that.encoding) && Arrays.equals(data, that.data);
	}

	@Override
	public int hashCode() {
		return Objects.hash(encoding, Arrays.hashCode(data));
	}

	/**
	 * The encoding and the size: payloads do not belong into logs.
	 */
	@Override
	public String toString() {
		return "Payload[" + encoding + ", " + data.length + " bytes]";
	}

}
