package io.reprise.convert;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Payload;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What applications put into payloads, and what later versions of them read.
 */
class JacksonPayloadConverterTests {

	private final JacksonPayloadConverter converter = JacksonPayloadConverter.withDefaults();

	@Test
	void shouldWriteNullAsTheNullPayload() {
		assertThat(converter.toPayload(null)).isSameAs(Payload.NULL);
		assertThat(converter.fromPayload(Payload.NULL, String.class)).isNull();
		assertThat(converter.fromPayload(Payload.NULL, type(new TypeReference<List<String>>() {
		}))).isNull();
	}

	@Test
	void shouldReadVoidAsNull() {
		assertThat(converter.fromPayload(Payload.NULL, void.class)).isNull();
		assertThat(converter.fromPayload(Payload.json("\"left by an older version\""), void.class)).isNull();
		assertThat(converter.fromPayload(Payload.json("7"), Void.class)).isNull();
	}

	@Test
	void shouldKeepValuesExactly() {
		assertKept(new BigDecimal("99.90"), BigDecimal.class);
		assertKept(new BigDecimal("1E+3"), BigDecimal.class);
		assertKept(new BigDecimal("0.1234567890123456789012345678901234567890"), BigDecimal.class);
		assertKept(new BigInteger("9".repeat(60)), BigInteger.class);
		assertKept(Long.MAX_VALUE, long.class);
		assertKept(0.1, double.class);
		assertKept(true, boolean.class);
		assertKept('x', char.class);
		assertKept("grün \"😀\"\u0000", String.class);
		assertKept(Level.HIGH, Level.class);
		assertKept(UUID.fromString("00000000-0000-0000-0000-00000000002a"), UUID.class);
	}

	@Test
	void shouldKeepTimesExactly() {
		assertKept(Instant.parse("2026-01-02T03:04:05.123456789Z"), Instant.class);
		assertKept(Duration.ofNanos(1), Duration.class);
		assertKept(Duration.ofDays(400), Duration.class);
		assertKept(LocalDate.of(2026, 2, 28), LocalDate.class);
		assertKept(OffsetDateTime.parse("2026-01-02T03:04:05+02:00"), OffsetDateTime.class);
		assertKept(ZonedDateTime.parse("2026-01-02T03:04:05+01:00[Europe/Berlin]"), ZonedDateTime.class);
		assertKept(ZonedDateTime.parse("2026-01-02T03:04:05Z[UTC]"), ZonedDateTime.class);
	}

	@Test
	void shouldKeepRecordsAndGenericTypes() {
		Order order = new Order("o-1", new BigDecimal("10.00"), List.of(new Item("book", 2)), Optional.of("gift"),
				Level.LOW);

		assertKept(order, Order.class);
		assertKept(List.of(order), type(new TypeReference<List<Order>>() {
		}));
		assertKept(Map.of("a", List.of(1L, 2L)), type(new TypeReference<Map<String, List<Long>>>() {
		}));
		assertKept(Optional.of(LocalDate.EPOCH), type(new TypeReference<Optional<LocalDate>>() {
		}));
		assertKept(Optional.empty(), type(new TypeReference<Optional<LocalDate>>() {
		}));
	}

	@Test
	void shouldReadDecimalsExactlyWhereTheTypeLeavesItOpen() {
		assertThat(converter.fromPayload(Payload.json("{\"a\":0.10,\"b\":[1,null,\"x\",true]}"), Object.class))
			.hasToString("{a=0.10, b=[1, null, x, true]}");
	}

	@Test
	void shouldReadPayloadsOfOlderAndNewerVersions() {
		Payload older = Payload.json("{\"id\":\"o-1\"}");
		Payload newer = Payload
			.json("{\"id\":\"o-1\",\"items\":[{\"name\":\"book\",\"colour\":\"red\"}],\"vip\":{\"a\":1}}");

		assertThat(converter.fromPayload(older, Order.class))
			.isEqualTo(new Order("o-1", null, null, Optional.empty(), null));
		assertThat(converter.fromPayload(newer, Order.class))
			.isEqualTo(new Order("o-1", null, List.of(new Item("book", 0)), Optional.empty(), null));
	}

	@Test
	void shouldKeepToItsRulesWhateverTheMapperSays() {
		JsonMapper strict = JsonMapper.builder()
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
					DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.UNWRAP_ROOT_VALUE)
			.enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.WRAP_ROOT_VALUE)
			.enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
			.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.build();
		JacksonPayloadConverter own = new JacksonPayloadConverter(strict);

		assertThat(text(own.toPayload(new Item("book", 2)))).isEqualTo("{\"name\":\"book\",\"count\":2}");
		assertThat(text(own.toArguments(new Item("book", 2), "x")))
			.isEqualTo("[{\"name\":\"book\",\"count\":2},\"x\"]");
		assertThat(own.fromPayload(Payload.json("{\"name\":\"book\",\"new\":1}"), Item.class))
			.isEqualTo(new Item("book", 0));
		Instant time = Instant.parse("2026-01-02T03:04:05.123456789Z");
		assertThat(own.fromPayload(own.toPayload(time), Instant.class)).isEqualTo(time);
		assertThat(strict.isEnabled(SerializationFeature.INDENT_OUTPUT)).isTrue();
	}

	@Test
	void shouldWriteArgumentsAsAnArray() {
		assertThat(text(converter.toArguments("o-1", new BigDecimal("9.90"), null, List.of(1))))
			.isEqualTo("[\"o-1\",9.90,null,[1]]");
		assertThat(converter.toArguments()).isEqualTo(Payload.NO_ARGUMENTS);
		assertThat(converter.toArguments((Object[]) null)).isEqualTo(Payload.NO_ARGUMENTS);
		assertThat(text(converter.toArguments((Object) null))).isEqualTo("[null]");
	}

	@Test
	void shouldReadArgumentsByTheTypesOfTheParameters() {
		Type orders = type(new TypeReference<List<Order>>() {
		});
		Order order = new Order("o-1", BigDecimal.TEN, List.of(), Optional.empty(), Level.HIGH);
		Payload payload = converter.toArguments("a", 7, List.of(order), null, Optional.empty());

		@Nullable Object[] args = converter.fromArguments(payload,
				new Type[] { String.class, int.class, orders, Order.class, Optional.class });

		assertThat(args).containsExactly("a", 7, List.of(order), null, Optional.empty());
	}

	@Test
	void shouldReadMissingArgumentsAsNull() {
		@Nullable Object[] args = converter.fromArguments(Payload.json("[\"a\"]"),
				new Type[] { String.class, Order.class, Optional.class, OptionalInt.class });

		assertThat(args).containsExactly("a", null, Optional.empty(), OptionalInt.empty());
		assertThat(converter.fromArguments(Payload.NULL, new Type[] { String.class })).containsExactly((Object) null);
		assertThat(converter.fromArguments(Payload.NULL, new Type[0])).isEmpty();
	}

	@Test
	void shouldNameThePrimitiveParameterThatIsMissing() {
		WorkflowException problem = decoding(() -> converter.fromArguments(Payload.json("[\"a\"]"),
				new Type[] { String.class, Order.class, int.class }));

		assertThat(problem.getMessage()).isEqualTo("Expected 3 arguments, but the payload has 1 and parameter 3 (int)"
				+ " cannot be null; give parameters that are added later a reference type");
	}

	@Test
	void shouldRefuseNullForPrimitives() {
		assertThat(
				decoding(() -> converter.fromArguments(Payload.json("[null]"), new Type[] { long.class })).getMessage())
			.isEqualTo("Expected a value for parameter 1 (long), but it is null");
		assertThat(decoding(() -> converter.fromPayload(Payload.NULL, int.class)).getMessage())
			.isEqualTo("Expected a value of type int, but the payload is null");
		assertThat(decoding(() -> converter.fromPayload(Payload.json("null"), int.class)).getMessage())
			.contains("type int");
	}

	@Test
	void shouldRefuseTooManyArguments() {
		WorkflowException problem = decoding(
				() -> converter.fromArguments(Payload.json("[1,{\"a\":[2]},[3]]"), new Type[] { int.class }));

		assertThat(problem.getMessage()).startsWith("Expected at most 1 arguments, but the payload has 3");
	}

	@Test
	void shouldRefuseArgumentsThatAreNoArray() {
		for (String json : List.of("", "7", "{}", "[1", "[1,", "[nul]")) {
			decoding(() -> converter.fromArguments(Payload.json(json), new Type[] { int.class, int.class }));
		}
	}

	@Test
	void shouldRefuseAnotherEncoding() {
		Payload payload = new Payload("avro", new byte[] { 1 });

		assertThat(decoding(() -> converter.fromPayload(payload, String.class)).getMessage()).contains("'avro'")
			.contains("'json'");
		decoding(() -> converter.fromArguments(payload, new Type[0]));
	}

	@Test
	void shouldNameTypeAndPathButNoValueOfWhatItCannotRead() {
		Payload payload = Payload.json("{\"id\":\"o-1\",\"items\":[{\"name\":\"x\"},{\"count\":\"secret\"}]}");

		WorkflowException problem = decoding(() -> converter.fromPayload(payload, Order.class));

		assertThat(problem.getMessage()).contains(Order.class.getName())
			.contains("at 'items[1].count'")
			.contains("does not fit int")
			.doesNotContain("secret");
		assertThat(problem).hasNoCause();
	}

	@Test
	void shouldNameTheArgumentItCannotRead() {
		Payload payload = Payload.json("[\"a\",{\"count\":\"secret\"}]");

		assertThat(
				decoding(() -> converter.fromArguments(payload, new Type[] { String.class, Item.class })).getMessage())
			.contains("argument 2")
			.contains(Item.class.getName())
			.contains("'count'")
			.doesNotContain("secret");
	}

	@Test
	void shouldNotShowValuesWhateverIsWrong() {
		Map<String, Type> wrong = Map.of("\"secret\"", Level.class, "{\"a\":secret}", Map.class, "\"secret \"",
				Item.class, "\"secret\"\"", String.class, "\"secret  \"", Runnable.class, "[\"secret\"]", Instant.class,
				"\"secret   \"", Picky.class);
		wrong.forEach((json, type) -> {
			WorkflowException problem = decoding(() -> converter.fromPayload(Payload.json(json), type));
			assertThat(problem.getMessage()).contains(type.getTypeName()).doesNotContain("secret");
			assertThat(problem).hasNoCause();
		});
	}

	@Test
	void shouldSayWhereTheApplicationThrew() {
		WorkflowException reading = decoding(() -> converter.fromPayload(Payload.json("\"secret\""), Picky.class));
		WorkflowException writing = encoding(() -> converter.toPayload(List.of(new Broken())));

		assertThat(reading.getMessage())
			.contains("because of java.lang.IllegalStateException at " + Picky.class.getName());
		assertThat(writing.getMessage()).contains("at '[0].name'")
			.contains("because of java.lang.IllegalStateException at " + Broken.class.getName())
			.doesNotContain("secret");
	}

	@Test
	void shouldNameTypeAndPathOfWhatItCannotWrite() {
		WorkflowException problem = encoding(() -> converter.toArguments("a", Map.of("key", new Broken())));

		assertThat(problem.getMessage()).contains("argument 2 of type java.util.").contains("at 'key.name'");
	}

	@Test
	void shouldRefuseAValueThatContainsItself() {
		Node node = new Node();
		node.next = node;

		encoding(() -> converter.toPayload(node));
		encoding(() -> converter.toArguments(node));
	}

	private void assertKept(Object value, Type type) {
		assertThat(converter.fromPayload(converter.toPayload(value), type)).isEqualTo(value);
		assertThat(converter.fromArguments(converter.toArguments(value), new Type[] { type })).containsExactly(value);
	}

	private static Type type(TypeReference<?> reference) {
		return ((ParameterizedType) reference.getClass().getGenericSuperclass()).getActualTypeArguments()[0];
	}

	private static String text(Payload payload) {
		return new String(payload.data(), StandardCharsets.UTF_8);
	}

	private static WorkflowException decoding(ThrowingCallable call) {
		return problem(call, ErrorCode.DECODING_FAILED);
	}

	private static WorkflowException encoding(ThrowingCallable call) {
		return problem(call, ErrorCode.ENCODING_FAILED);
	}

	private static WorkflowException problem(ThrowingCallable call, ErrorCode code) {
		WorkflowException problem = catchThrowableOfType(WorkflowException.class, call);
		assertThat(problem).isNotNull();
		assertThat(problem.code()).isEqualTo(code);
		assertThat(problem.getMessage()).startsWith("Expected ");
		return problem;
	}

	enum Level {

		LOW, HIGH

	}

	record Item(String name, int count) {

	}

	record Order(String id, @Nullable BigDecimal total, @Nullable List<Item> items, Optional<String> note,
			@Nullable Level level) {

	}

	static final class Picky {

		Picky(String value) {
			throw new IllegalStateException("Not allowed: " + value);
		}

	}

	static final class Broken {

		public String getName() {
			throw new IllegalStateException("secret");
		}

	}

	static final class Node {

		public @Nullable Node next;

	}

}
