package io.reprise.convert;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Payload;
import io.reprise.spi.ValueConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChainedPayloadConverterTests {

	private final ChainedPayloadConverter converter = chain(new Money(), new OtherMoney());

	@Test
	void shouldAskConvertersInTheirOrderBeforeJson() {
		Payload payload = converter.toPayload(new Amount("12.50 EUR"));

		assertThat(payload).isEqualTo(new Payload("money", "12.50 EUR".getBytes(StandardCharsets.UTF_8)));
		assertThat(converter.fromPayload(payload, Amount.class)).isEqualTo(new Amount("12.50 EUR"));
		assertThat(converter.toPayload("text")).isEqualTo(Payload.json("\"text\""));
	}

	@Test
	void shouldReadEachEncodingByWhoeverHasIt() {
		Payload other = new Payload("other-money", "1 USD".getBytes(StandardCharsets.UTF_8));

		assertThat(converter.fromPayload(other, Amount.class)).isEqualTo(new Amount("other 1 USD"));
	}

	@Test
	void shouldKeepRawBytes() {
		byte[] bytes = { 0, -1, 34, 92 };

		Payload payload = converter.toPayload(bytes);

		assertThat(payload).isEqualTo(new Payload("bytes", bytes));
		assertThat(converter.fromPayload(payload, byte[].class)).isEqualTo(bytes);
		assertThat(converter.fromPayload(payload, Object.class)).isEqualTo(bytes);
		assertThatExceptionOfType(WorkflowException.class)
			.isThrownBy(() -> converter.fromPayload(payload, String.class))
			.withMessage(
					"Expected a value of type java.lang.String, but the payload holds raw bytes; read it as byte[]");
	}

	@Test
	void shouldReadBytesThatWereOnceJson() {
		assertThat(converter.fromPayload(Payload.json("\"AAE=\""), byte[].class)).isEqualTo(new byte[] { 0, 1 });
	}

	@Test
	void shouldKeepNull() {
		assertThat(converter.toPayload(null)).isSameAs(Payload.NULL);
		assertThat(converter.fromPayload(Payload.NULL, Amount.class)).isNull();
	}

	@Test
	void shouldWriteArgumentsAsJsonWhereNobodyElseTakesOne() {
		assertThat(converter.toArguments("a", 1)).isEqualTo(Payload.json("[\"a\",1]"));
		assertThat(converter.toArguments()).isSameAs(Payload.NO_ARGUMENTS);
	}

	@Test
	void shouldWriteArgumentsInSeveralEncodings() {
		Payload payload = converter.toArguments("a", new Amount("1 EUR"), null, new byte[] { 7 });

		assertThat(payload.encoding()).isEqualTo("args");
		assertThat(converter.fromArguments(payload,
				new Type[] { String.class, Amount.class, Amount.class, byte[].class, Integer.class }))
			.containsExactly("a", new Amount("1 EUR"), null, new byte[] { 7 }, null);
	}

	@Test
	void shouldRefuseArgumentsThatDoNotFit() {
		Payload payload = converter.toArguments(new Amount("1 EUR"), 5);

		assertThatExceptionOfType(WorkflowException.class)
			.isThrownBy(() -> converter.fromArguments(payload, new Type[] { Amount.class }))
			.withMessage("Expected at most 1 arguments, but the payload has 2; does the caller know another version?");
		assertThatExceptionOfType(WorkflowException.class)
			.isThrownBy(() -> converter.fromArguments(payload, new Type[] { Amount.class, int.class, int.class }))
			.withMessage("Expected a value of type int, but the payload is null");
		assertThatExceptionOfType(WorkflowException.class)
			.isThrownBy(() -> converter.fromArguments(new Payload("args", new byte[] { 0, 0, 0, 1, 9, 9, 9, 9 }),
					new Type[] { int.class }))
			.withMessageContaining("its 8 bytes are damaged")
			.extracting(WorkflowException::code)
			.isEqualTo(ErrorCode.DECODING_FAILED);
	}

	@Test
	void shouldSayWhichEncodingIsUnknown() {
		Payload payload = new Payload("protobuf", new byte[3]);

		for (Runnable read : List.<Runnable>of(() -> converter.fromPayload(payload, String.class),
				() -> converter.fromArguments(payload, new Type[] { String.class }))) {
			assertThatExceptionOfType(WorkflowException.class).isThrownBy(read::run)
				.withMessage("Expected a payload in an encoding that is read here, but it is in 'protobuf', and only "
						+ "[money, other-money, bytes, json] are. Add the ValueConverter or PayloadCodec that wrote it as a bean")
				.extracting(WorkflowException::code)
				.isEqualTo(ErrorCode.CODEC_FAILED);
		}
	}

	@Test
	void shouldRefuseEncodingsWithoutNamesOfTheirOwn() {
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> chain(new Money(), new Money()))
			.withMessageContaining("but it is 'money'")
			.extracting(WorkflowException::code)
			.isEqualTo(ErrorCode.INVALID_DEFINITION);
		for (String name : List.of("json", "null", "args", "bytes", "a;b", "", "Upper")) {
			assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> chain(new Named(name)));
		}
	}

	@Test
	void shouldShowNoValueOfAFailedConversion() {
		ChainedPayloadConverter failing = chain(new Named("failing"));

		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> failing.toPayload(new Amount("secret")))
			.withMessageContaining("IllegalStateException")
			.withMessageNotContaining("secret")
			.withNoCause()
			.extracting(WorkflowException::code)
			.isEqualTo(ErrorCode.ENCODING_FAILED);
		assertThatExceptionOfType(WorkflowException.class)
			.isThrownBy(() -> failing.fromPayload(new Payload("failing", new byte[1]), Amount.class))
			.withMessageContaining("IllegalStateException")
			.withNoCause()
			.extracting(WorkflowException::code)
			.isEqualTo(ErrorCode.DECODING_FAILED);
	}

	private static ChainedPayloadConverter chain(ValueConverter... first) {
		return new ChainedPayloadConverter(List.of(first), JacksonPayloadConverter.withDefaults());
	}

	record Amount(String text) {

	}

	private static class Named implements ValueConverter {

		private final String name;

		Named(String name) {
			this.name = name;
		}

		@Override
		public String encoding() {
			return name;
		}

		@Override
		public boolean canWrite(Object value) {
			return value instanceof Amount;
		}

		@Override
		public byte[] write(Object value) {
			throw new IllegalStateException("cannot write " + value);
		}

		@Override
		public @Nullable Object read(byte[] data, Type type) {
			throw new IllegalStateException("cannot read");
		}

	}

	private static class Money extends Named {

		Money() {
			super("money");
		}

		@Override
		public byte[] write(Object value) {
			return ((Amount) value).text().getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public Object read(byte[] data, Type type) {
			return new Amount(new String(data, StandardCharsets.UTF_8));
		}

	}

	private static final class OtherMoney extends Named {

		OtherMoney() {
			super("other-money");
		}

		@Override
		public Object read(byte[] data, Type type) {
			return new Amount("other " + new String(data, StandardCharsets.UTF_8));
		}

	}

}
