package io.reprise.jpa;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Splits bodies that are too long for a binary column, and puts them together again. */
final class Bodies {

	/** What H2's {@code varbinary} holds. */
	static final int H2_LIMIT = 1_048_576;

	private Bodies() {
	}

	static byte[] head(byte[] body, int limit) {
		return (body.length <= limit) ? body : Arrays.copyOf(body, limit);
	}

	static byte @Nullable [] rest(byte[] body, int limit) {
		return (body.length <= limit) ? null : Arrays.copyOfRange(body, limit, body.length);
	}

	static byte[] join(byte[] head, byte @Nullable [] rest) {
		if (rest == null) {
			return head;
		}
		byte[] body = Arrays.copyOf(head, head.length + rest.length);
		System.arraycopy(rest, 0, body, head.length, rest.length);
		return body;
	}

}
