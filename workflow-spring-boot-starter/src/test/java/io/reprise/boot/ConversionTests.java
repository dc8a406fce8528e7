package io.reprise.boot;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.reprise.WorkflowException;
import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadCodec;
import io.reprise.spi.PayloadConverter;
import io.reprise.spi.ValueConverter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

class ConversionTests {

	private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WorkflowAutoConfiguration.class))
		.withUserConfiguration(AbsentStore.class);

	@Test
	void shouldWriteByTheMapperOfTheApplicationButReadLeniently() {
		runner.withBean("own", JsonMapper.class, ConversionTests::snakeCase).run((context) -> {
			PayloadConverter converter = context.getBean(Conversion.class).converter();
			assertThat(converter.toPayload(new Person("Ada"))).isEqualTo(Payload.json("{\"first_name\":\"Ada\"}"));
			assertThat(converter.fromPayload(Payload.json("{\"first_name\":\"Ada\",\"new\":1}"), Person.class))
				.isEqualTo(new Person("Ada"));
		});
	}

	@Test
	void shouldPreferTheQualifiedMapperAndAskWhichOneOtherwise() {
		runner.withUserConfiguration(TwoMappers.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("No qualifying bean of type 'tools.jackson.databind.json.JsonMapper'"));
		runner.withUserConfiguration(TwoMappers.class, Qualified.class)
			.run((context) -> assertThat(context.getBean(Conversion.class).converter().toPayload(new Person("Ada")))
				.isEqualTo(Payload.json("{\"first_name\":\"Ada\"}")));
	}

	@Test
	void shouldCustomizeACopyOfTheMapper() {
		runner.withBean("own", JsonMapper.class, () -> JsonMapper.builder().build())
			.withBean(WorkflowJsonCustomizer.class,
					() -> (builder) -> builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
			.run((context) -> {
				assertThat(context.getBean(Conversion.class).converter().toPayload(new Person("Ada")))
					.isEqualTo(Payload.json("{\"first_name\":\"Ada\"}"));
				assertThat(context.getBean(JsonMapper.class).writeValueAsString(new Person("Ada")))
					.isEqualTo("{\"firstName\":\"Ada\"}");
			});
	}

	@Test
	void shouldAskConvertersInTheirOrder() {
		runner.withUserConfiguration(Converters.class)
			.run((context) -> assertThat(
					context.getBean(Conversion.class).converter().toPayload(new Person("Ada")).encoding())
				.isEqualTo("first"));
	}

	@Test
	void shouldPutCompressionFirstAndEncryptionLast() {
		runner
			.withPropertyValues("workflow.codec.aes.keys.k-1=" + KEY, "workflow.codec.aes.active-key=k-1",
					"workflow.codec.compress-above=10B")
			.withBean(PayloadCodec.class, Marking::new)
			.run((context) -> {
				PayloadConverter converter = context.getBean(Conversion.class).converter();
				Payload payload = converter.toPayload("x".repeat(100));
				assertThat(payload.encoding()).isEqualTo("aes-gcm;key=k-1;of=marked:gzip;of=json");
				assertThat(converter.fromPayload(payload, String.class)).isEqualTo("x".repeat(100));
			});
	}

	@Test
	void shouldRefuseKeysThatCannotBeUsedAndShowNone() {
		String shortKey = Base64.getEncoder().encodeToString("secret-secret".getBytes(StandardCharsets.UTF_8));
		refuses("Expected key 'k' to have 32 bytes for AES-256, but it has 13", "workflow.codec.aes.keys.k=" + shortKey,
				"workflow.codec.aes.active-key=k");
		refuses("Expected workflow.codec.aes.keys.k to be 32 bytes in base 64, but it is no base 64",
				"workflow.codec.aes.keys.k=secret?", "workflow.codec.aes.active-key=k");
		refuses("Expected the active key 'other' to be one of the keys, but they are [k]",
				"workflow.codec.aes.keys.k=" + KEY, "workflow.codec.aes.active-key=other");
		refuses("Expected workflow.codec.aes.active-key to name one of the keys, but it is not set",
				"workflow.codec.aes.keys.k=" + KEY);
		refuses("Expected a codec that encrypts failures, but there is none", "workflow.codec.encrypt-failures=true");
		refuses("Expected a codec that encrypts failures, but there is none", "workflow.codec.encrypt-failures=true",
				"workflow.codec.compress-above=4KB");
		assertThat(new CodecProperties.Aes(Map.of("k", KEY), "k")).hasToString("Aes[keys [k], activeKey k]");
	}

	private void refuses(String message, String... properties) {
		runner.withPropertyValues(properties).run((context) -> {
			Throwable cause = context.getStartupFailure();
			while (cause != null && !(cause instanceof SetupException)) {
				cause = cause.getCause();
			}
			assertThat(cause).isInstanceOf(WorkflowException.class)
				.hasMessageStartingWith(message)
				.hasMessageNotContaining("secret");
		});
	}

	private static JsonMapper snakeCase() {
		return JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
	}

	record Person(String firstName) {

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoMappers {

		@Bean
		JsonMapper one() {
			return JsonMapper.builder().build();
		}

		@Bean
		JsonMapper two() {
			return JsonMapper.builder().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Qualified {

		@Bean
		@WorkflowJson
		JsonMapper three() {
			return snakeCase();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Converters {

		@Bean
		@Order(2)
		ValueConverter second() {
			return new Writing("second");
		}

		@Bean
		@Order(1)
		ValueConverter first() {
			return new Writing("first");
		}

	}

	private record Writing(String encoding) implements ValueConverter {

		@Override
		public boolean canWrite(Object value) {
			return value instanceof Person;
		}

		@Override
		public byte[] write(Object value) {
			return new byte[1];
		}

		@Override
		public Object read(byte[] data, Type type) {
			return List.of();
		}

	}

	private static final class Marking implements PayloadCodec {

		@Override
		public Payload encode(Payload payload) {
			return new Payload("marked:" + payload.encoding(), payload.data());
		}

		@Override
		public Payload decode(Payload payload) {
			return payload.encoding().startsWith("marked:")
					? new Payload(payload.encoding().substring("marked:".length()), payload.data()) : payload;
		}

	}

}
