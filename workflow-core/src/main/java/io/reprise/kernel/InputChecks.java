package io.reprise.kernel;

import io.reprise.ErrorCode;
import io.reprise.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Checks what comes from outside before it is stored; keeps the first complaint.
 */
final class InputChecks {

	private static final int NAME_LENGTH = 255;

	private static final int REQUEST_ID_LENGTH = 512;

	private static final int UPDATE_ID_LENGTH = 500;

	private final Limits limits;

	private Decision.@Nullable Rejected complaint;

	InputChecks(Limits limits) {
		this.limits = limits;
	}

	/**
	 * Checks an id or a name. What a database cannot store would stop its run for good,
	 * so it is refused here.
	 * @param what what it is, with an article
	 * @param value the id
	 * @return this
	 */
	InputChecks id(String what, String value) {
		return id(what, value, limits.idLength());
	}

	/**
	 * Checks the name of a type, a queue or a namespace, which stores keep in shorter
	 * columns.
	 * @param what what it is, with an article
	 * @param value the name
	 * @return this
	 */
	InputChecks name(String what, String value) {
		return id(what, value, Math.min(NAME_LENGTH, limits.idLength()));
	}

	InputChecks requestId(String value) {
		return id("a request id", value, Math.min(REQUEST_ID_LENGTH, limits.idLength()));
	}

	/**
	 * Checks the id of an update. Inboxes keep it with a prefix.
	 * @param value the id
	 * @return this
	 */
	InputChecks updateId(String value) {
		return id("an update id", value, Math.min(UPDATE_ID_LENGTH, limits.idLength()));
	}

	private InputChecks id(String what, String value, int length) {
		if (value.isEmpty()) {
			invalid("Expected %s, but it is empty; give one".formatted(what));
		}
		else if (value.length() > length) {
			invalid("Expected %s of at most %d characters, but it has %d; shorten it".formatted(what, length,
					value.length()));
		}
		else {
			text(what, value);
		}
		return this;
	}

	InputChecks text(String what, @Nullable String value) {
		if (value != null && value.length() > limits.inlineBytes()) {
			reject(ErrorCode.PAYLOAD_TOO_LARGE, "Expected %s of at most %d characters, but it has %d; shorten it"
				.formatted(what, limits.inlineBytes(), value.length()));
		}
		else if (value != null && !isStorable(value)) {
			invalid("Expected %s that can be stored, but it has a NUL or half a surrogate pair; remove it"
				.formatted(what));
		}
		return this;
	}

	InputChecks payload(String what, Payload payload) {
		if (payload.size() > limits.payloadBytes()) {
			reject(ErrorCode.PAYLOAD_TOO_LARGE, tooLarge(what, payload, limits));
		}
		return this;
	}

	/** What stays with the run itself, whatever its history keeps elsewhere. */
	InputChecks inline(String what, Payload payload) {
		if (payload.size() > limits.inlineBytes()) {
			reject(ErrorCode.PAYLOAD_TOO_LARGE, tooLarge(what, payload, limits.inlineBytes()));
		}
		return this;
	}

	InputChecks that(boolean condition, ErrorCode code, String message) {
		if (!condition) {
			reject(code, message);
		}
		return this;
	}

	Decision.@Nullable Rejected complaint() {
		return complaint;
	}

	static boolean isTooLarge(Payload payload, Limits limits) {
		return payload.size() > limits.payloadBytes();
	}

	static boolean isTooLargeInline(Payload payload, Limits limits) {
		return payload.size() > limits.inlineBytes();
	}

	static String tooLarge(String what, Payload payload, Limits limits) {
		return tooLarge(what, payload, limits.payloadBytes());
	}

	private static String tooLarge(String what, Payload payload, int limit) {
		return "Expected %s of at most %d bytes, but there are %d; pass a reference to large data instead"
			.formatted(what, limit, payload.size());
	}

	private void invalid(String message) {
		reject(ErrorCode.INVALID_ARGUMENT, message);
	}

	private void reject(ErrorCode code, String message) {
		if (complaint == null) {
			complaint = new Decision.Rejected(code, message);
		}
	}

	private static boolean isStorable(String value) {
		int i = 0;
		while (i < value.length()) {
			int codePoint = value.codePointAt(i);
			if (codePoint == 0 || Character.getType(codePoint) == Character.SURROGATE) {
				return false;
			}
			i += Character.charCount(codePoint);
		}
		return true;
	}

}
