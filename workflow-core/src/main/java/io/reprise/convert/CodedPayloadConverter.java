package io.reprise.convert;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadCodec;
import io.reprise.spi.PayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * Applies codecs to all that a converter writes and reads. May be shared between threads.
 */
public final class CodedPayloadConverter implements PayloadConverter {

	/** What a failure's text begins with if it was encoded. */
	static final String ENCODED_TEXT = "Encoded failure [";

	private static final String TEXT = "text";

	/** Codecs of one payload at most, whatever they say. */
	private static final int MAX_DEPTH = 16;

	private final PayloadConverter converter;

	/** In the order of the way out. */
	private final PayloadCodec[] codecs;

	/**
	 * Texts are never kept beside the history, and one that says so must not fetch what
	 * another run keeps there.
	 */
	private final PayloadCodec[] textCodecs;

	private final boolean failureTexts;

	private CodedPayloadConverter(PayloadConverter converter, List<? extends PayloadCodec> codecs,
			boolean failureTexts) {
		this.converter = converter;
		this.codecs = codecs.toArray(PayloadCodec[]::new);
		textCodecs = codecs.stream().filter(codec -> !(codec instanceof ClaimCheckCodec)).toArray(PayloadCodec[]::new);
		this.failureTexts = failureTexts;
	}

	/**
	 * Puts codecs around a converter.
	 * @param converter the converter
	 * @param codecs the codecs in the order of the way out
	 * @param failureTexts whether messages and stack traces of failures are encoded too;
	 * those that are get decoded in any case
	 * @return the converter itself if there are no codecs
	 */
	public static PayloadConverter of(PayloadConverter converter, List<? extends PayloadCodec> codecs,
			boolean failureTexts) {
		return codecs.isEmpty() ? converter : new CodedPayloadConverter(converter, codecs, failureTexts);
	}

	@Override
	public Payload toPayload(@Nullable Object value) {
		return encode(converter.toPayload(value), codecs);
	}

	@Override
	public @Nullable Object fromPayload(Payload payload, Type type) {
		return converter.fromPayload(decode(payload, codecs), type);
	}

	@Override
	public Payload toArguments(@Nullable Object... args) {
		return encode(converter.toArguments(args), codecs);
	}

	@Override
	public @Nullable Object[] fromArguments(Payload payload, Type[] types) {
		return converter.fromArguments(decode(payload, codecs), types);
	}

	@Override
	public String toFailureText(String text) {
		if (!failureTexts && !text.startsWith(ENCODED_TEXT)) {
			return text;
		}
		Payload plain = new Payload(TEXT, text.getBytes(StandardCharsets.UTF_8));
		Payload recorded = failureTexts ? encode(plain, textCodecs) : plain;
		// What only looks as if it was encoded would be decoded when it is read
		return (recorded.encoding().equals(TEXT) && !text.startsWith(ENCODED_TEXT)) ? text
				: ENCODED_TEXT + recorded.encoding() + "] " + Base64.getEncoder().encodeToString(recorded.data());
	}

	@Override
	public String fromFailureText(String text) {
		int end = text.startsWith(ENCODED_TEXT) ? text.indexOf("] ") : -1;
		if (end < 0) {
			return text;
		}
		byte[] data;
		try {
			data = Base64.getDecoder().decode(text.substring(end + 2));
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
		Payload decoded = decode(new Payload(text.substring(ENCODED_TEXT.length(), end), data), textCodecs);
		return decoded.encoding().equals(TEXT) ? new String(decoded.data(), StandardCharsets.UTF_8) : text;
	}

	private static Payload encode(Payload payload, PayloadCodec[] codecs) {
		if (payload.isNull()) {
			return payload;
		}
		Payload encoded = payload;
		for (PayloadCodec codec : codecs) {
			try {
				encoded = codec.encode(encoded);
			}
			catch (WorkflowException ex) {
				throw ex;
			}
			catch (RuntimeException ex) {
				throw failed("encode", payload, codec, ex);
			}
		}
		return encoded;
	}

	/**
	 * Goes on until nobody knows it: codecs may have been added or put into another
	 * order.
	 */
	private static Payload decode(Payload payload, PayloadCodec[] codecs) {
		Payload decoded = payload;
		for (int depth = 0; depth < MAX_DEPTH; depth++) {
			Payload before = decoded;
			for (int i = codecs.length - 1; i >= 0; i--) {
				try {
					decoded = codecs[i].decode(decoded);
				}
				catch (WorkflowException ex) {
					throw ex;
				}
				catch (RuntimeException ex) {
					throw failed("decode", payload, codecs[i], ex);
				}
			}
			if (decoded.encoding().equals(before.encoding())) {
				return decoded;
			}
		}
		throw new WorkflowException(ErrorCode.CODEC_FAILED,
				"Expected a payload in the encoding '%s' to be decoded in %d steps, but it was not. Correct the codecs"
					.formatted(payload.encoding(), MAX_DEPTH));
	}

	private static WorkflowException failed(String verb, Payload payload, PayloadCodec codec, RuntimeException ex) {
		// Its message may quote what it met
		return new WorkflowException(ErrorCode.CODEC_FAILED,
				"Expected %s to %s a payload in the encoding '%s', but it threw %s. Correct it; what it did not take is tried again"
					.formatted(codec.getClass().getName(), verb, payload.encoding(), ex.getClass().getName()));
	}

}
