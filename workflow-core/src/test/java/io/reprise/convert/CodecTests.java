package io.reprise.convert;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.reprise.ApplicationFailure;
import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Failure;
import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadCodec;
import io.reprise.spi.PayloadConverter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CodecTests {

	private static final Payload PLAIN = Payload.json("{\"card\":\"4111 1111\"}");

	private final SecureRandom random = new SecureRandom();

	private final byte[] one = key(1);

	private final byte[] two = key(2);

	private final AesGcmCodec codec = aes(Map.of("one", one), "one");

	@Test
	void shouldEncryptUnderANonceOfItsOwn() {
		Payload first = codec.encode(PLAIN);
		Payload second = codec.encode(PLAIN);

		assertThat(first.encoding()).isEqualTo("aes-gcm;key=one;of=json");
		assertThat(first).isNotEqualTo(second);
		assertThat(new String(first.data(), StandardCharsets.ISO_8859_1)).doesNotContain("4111");
		assertThat(codec.decode(first)).isEqualTo(PLAIN);
		assertThat(codec.decode(second)).isEqualTo(PLAIN);
	}

	@Test
	void shouldRotateKeys() {
		Payload old = codec.encode(PLAIN);
		AesGcmCodec rotated = aes(Map.of("one", one, "two", two), "two");

		assertThat(rotated.decode(old)).isEqualTo(PLAIN);
		assertThat(rotated.encode(PLAIN).encoding()).startsWith("aes-gcm;key=two;");
	}

	@Test
	void shouldSayWhichKeyIsMissing() {
		Payload old = codec.encode(PLAIN);

		refuses(() -> aes(Map.of("two", two), "two").decode(old), ErrorCode.CODEC_FAILED,
				"Expected the key 'one' with which a payload was encrypted, but there are only [two]. "
						+ "Set workflow.codec.aes.keys.one; keep old keys until no run needs them");
	}

	@Test
	void shouldRefuseWhatWasChanged() {
		Payload encrypted = codec.encode(PLAIN);
		byte[] flipped = encrypted.data().clone();
		flipped[flipped.length - 20] ^= 1;
		AesGcmCodec otherKey = aes(Map.of("one", two), "one");

		for (Payload changed : List.of(new Payload(encrypted.encoding(), flipped),
				new Payload(encrypted.encoding(), new byte[5]),
				new Payload("aes-gcm;key=one;of=bytes", encrypted.data()))) {
			refuses(() -> codec.decode(changed), ErrorCode.CODEC_FAILED, null);
		}
		refuses(() -> otherKey.decode(encrypted), ErrorCode.CODEC_FAILED, null);
	}

	@Test
	void shouldRefuseKeysThatAreNotValid() {
		refuses(() -> aes(Map.of("one", new byte[16]), "one"), ErrorCode.INVALID_ARGUMENT,
				"Expected key 'one' to have 32 bytes for AES-256, but it has 16. Make one with: openssl rand -base64 32");
		refuses(() -> aes(Map.of("one", one), "two"), ErrorCode.INVALID_ARGUMENT,
				"Expected the active key 'two' to be one of the keys, but they are [one]. "
						+ "Set workflow.codec.aes.keys.two, or name another key with workflow.codec.aes.active-key");
		refuses(() -> aes(Map.of("a;b", one), "a;b"), ErrorCode.INVALID_ARGUMENT, null);
		assertThat(codec).hasToString("AesGcmCodec[keys [one], writes with one]");
	}

	@Test
	void shouldCompressWhatGetsShorterByIt() {
		GzipCodec gzip = new GzipCodec(100);
		Payload longText = Payload.json('"' + "long ".repeat(100) + '"');
		byte[] noise = new byte[200];
		random.nextBytes(noise);

		Payload compressed = gzip.encode(longText);

		assertThat(compressed.encoding()).isEqualTo("gzip;of=json");
		assertThat(compressed.size()).isLessThan(100);
		assertThat(gzip.decode(compressed)).isEqualTo(longText);
		assertThat(gzip.encode(PLAIN)).isSameAs(PLAIN);
		assertThat(gzip.encode(new Payload("bytes", noise)).encoding()).isEqualTo("bytes");
		refuses(() -> gzip.decode(new Payload("gzip;of=json", new byte[3])), ErrorCode.CODEC_FAILED, null);
	}

	@Test
	void shouldApplyCodecsInOrderAndReadInAnyOrder() {
		PayloadConverter plain = JacksonPayloadConverter.withDefaults();
		PayloadConverter both = CodedPayloadConverter.of(plain, List.of(new GzipCodec(10), codec), false);
		PayloadConverter swapped = CodedPayloadConverter.of(plain, List.of(codec, new GzipCodec(10)), false);
		String value = "x".repeat(200);

		Payload written = both.toPayload(value);

		assertThat(written.encoding()).isEqualTo("aes-gcm;key=one;of=gzip;of=json");
		assertThat(both.fromPayload(written, String.class)).isEqualTo(value);
		assertThat(swapped.fromPayload(written, String.class)).isEqualTo(value);
		assertThat(both.fromArguments(both.toArguments(value, 1), new Class<?>[] { String.class, int.class }))
			.containsExactly(value, 1);
		assertThat(both.fromPayload(plain.toPayload("before"), String.class)).isEqualTo("before");
		assertThat(both.toPayload(null)).isSameAs(Payload.NULL);
		assertThat(CodedPayloadConverter.of(plain, List.of(), false)).isSameAs(plain);
	}

	@Test
	void shouldHideWhatACodecThrows() {
		PayloadConverter converter = CodedPayloadConverter.of(JacksonPayloadConverter.withDefaults(),
				List.of(new Failing()), false);

		refuses(() -> converter.toPayload("secret"), ErrorCode.CODEC_FAILED,
				"Expected io.reprise.convert.CodecTests$Failing to encode a payload in the encoding 'json', but it threw "
						+ "java.lang.IllegalStateException. Correct it; what it did not take is tried again");
		refuses(() -> converter.fromPayload(PLAIN, Object.class), ErrorCode.CODEC_FAILED, null);
	}

	@Test
	void shouldEncryptTextsOfFailuresIfAskedTo() {
		FailureConverter open = failures(codec, false);
		FailureConverter secret = failures(codec, true);
		ApplicationFailure cause = ApplicationFailure.of("Declined", "card 4111", true, null, "details 4111", null);
		IllegalStateException thrown = new IllegalStateException("declined 4111", cause);

		Failure recorded = secret.toFailure(thrown);

		assertThat(recorded.toString()).doesNotContain("4111", "CodecTests.java");
		assertThat(recorded.message()).startsWith("Encoded failure [aes-gcm;key=one;of=text] ");
		ApplicationFailure read = (ApplicationFailure) open.toException(recorded);
		assertThat(read).hasMessage("declined 4111");
		assertThat(read.type()).isEqualTo("java.lang.IllegalStateException");
		assertThat(read.getStackTrace()[0].getFileName()).isEqualTo("CodecTests.java");
		assertThat(read.getCause()).hasMessage("card 4111");
		assertThat(open.toFailure(thrown).message()).isEqualTo("declined 4111");
	}

	@Test
	void shouldStillTellOfAFailureWhoseKeyIsMissing() {
		Failure recorded = failures(codec, true).toFailure(new IllegalStateException("declined"));
		FailureConverter other = failures(aes(Map.of("two", two), "two"), true);

		assertThat(other.toException(recorded))
			.hasMessageStartingWith("(encoded, and cannot be read here: Expected the key 'one'");
		refuses(() -> other.toExceptionOrThrow(recorded), ErrorCode.CODEC_FAILED, null);
	}

	@Test
	void shouldNotDecodeATextThatOnlyLooksEncoded() {
		for (boolean texts : List.of(false, true)) {
			PayloadConverter converter = withClaimChecks(List.of(new GzipCodec(1_000_000)), texts);
			for (String text : List.of("Encoded failure [aes-gcm;key=none;of=text] AAAA", "Encoded failure [",
					"Encoded failure [claim;size=9;of=text] cnVuLTEvaWQ=")) {
				String recorded = converter.toFailureText(text);

				assertThat(recorded).startsWith("Encoded failure [text] ");
				assertThat(converter.fromFailureText(recorded)).isEqualTo(text);
			}
			assertThat(converter.toFailureText("declined")).isEqualTo("declined");
		}
	}

	@Test
	void shouldFetchNothingForATextOfAFailure() {
		Payload ticket = new Payload("claim;size=9;of=text", "run-1/id".getBytes(StandardCharsets.UTF_8));
		PayloadConverter converter = withClaimChecks(List.of(new GzipCodec(0)), false);

		String text = "Encoded failure [claim;size=9;of=text] " + Base64.getEncoder().encodeToString(ticket.data());

		assertThat(converter.fromFailureText(text)).isEqualTo(text);
	}

	private static PayloadConverter withClaimChecks(List<PayloadCodec> codecs, boolean texts) {
		List<PayloadCodec> all = new ArrayList<>(codecs);
		all.add(new ClaimCheckCodec((runId, id) -> {
			throw new AssertionError("Expected no payload to be fetched");
		}));
		return CodedPayloadConverter.of(JacksonPayloadConverter.withDefaults(), all, texts);
	}

	private static FailureConverter failures(PayloadCodec codec, boolean texts) {
		return new FailureConverter(
				CodedPayloadConverter.of(JacksonPayloadConverter.withDefaults(), List.of(codec), texts));
	}

	private static void refuses(Runnable call, ErrorCode code, String message) {
		Consumer<WorkflowException> text = ex -> {
			if (message != null) {
				assertThat(ex).hasMessage(message);
			}
		};
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(call::run)
			.withMessageStartingWith("Expected ")
			.withNoCause()
			.satisfies(text)
			.extracting(WorkflowException::code)
			.isEqualTo(code);
	}

	private AesGcmCodec aes(Map<String, byte[]> keys, String active) {
		return new AesGcmCodec(keys, active, random);
	}

	private static byte[] key(int seed) {
		byte[] key = new byte[32];
		Arrays.fill(key, (byte) seed);
		return key;
	}

	private static final class Failing implements PayloadCodec {

		@Override
		public Payload encode(Payload payload) {
			throw new IllegalStateException("secret");
		}

		@Override
		public Payload decode(Payload payload) {
			throw new IllegalStateException("secret");
		}

	}

}
