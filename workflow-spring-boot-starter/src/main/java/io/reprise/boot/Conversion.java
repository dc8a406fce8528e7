package io.reprise.boot;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.convert.ChainedPayloadConverter;
import io.reprise.convert.ClaimCheckCodec;
import io.reprise.convert.CodedPayloadConverter;
import io.reprise.convert.GzipCodec;
import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.spi.PayloadCodec;
import io.reprise.spi.PayloadConverter;
import io.reprise.spi.PayloadStore;
import io.reprise.spi.ValueConverter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;

/**
 * All that values pass between the application and what is recorded of them.
 *
 * @param converter writes and reads values, codecs included
 */
record Conversion(PayloadConverter converter) {

	static PayloadConverter chain(ObjectProvider<ValueConverter> first, ObjectProvider<JsonMapper> qualified,
			ObjectProvider<JsonMapper> all, ObjectProvider<WorkflowJsonCustomizer> customizers) {
		JsonMapper mapper = only(qualified, "with @WorkflowJson", "Leave @WorkflowJson on one JsonMapper bean");
		if (mapper == null) {
			mapper = only(all, "or a primary one",
					"Mark the one that is to write the values of workflows with @WorkflowJson, or the application's main one with @Primary");
		}
		JsonMapper.Builder builder = (mapper != null) ? mapper.rebuild() : JsonMapper.builder();
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return new ChainedPayloadConverter(first.orderedStream().toList(),
				new JacksonPayloadConverter(builder.build()));
	}

	private static @Nullable JsonMapper only(ObjectProvider<JsonMapper> provider, String which, String action) {
		try {
			return provider.getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new SetupException(ErrorCode.INVALID_ARGUMENT, "Expected one JsonMapper %s, but there are %d: %s"
				.formatted(which, ex.getNumberOfBeansFound(), ex.getBeanNamesFound()), action, ex);
		}
	}

	/**
	 * What is encrypted cannot be compressed any more, so that comes first and this last.
	 */
	static Conversion of(PayloadConverter converter, ObjectProvider<PayloadCodec> own, CodecProperties properties,
			PayloadStore store) {
		List<PayloadCodec> codecs = new ArrayList<>();
		if (properties.compressAbove() != null) {
			codecs.add(new GzipCodec(Math.toIntExact(properties.compressAbove().toBytes())));
		}
		List<PayloadCodec> ownCodecs = own.orderedStream().toList();
		codecs.addAll(ownCodecs);
		if (properties.aes() != null) {
			codecs.add(properties.aes().codec(new SecureRandom()));
		}
		if (properties.encryptFailures() && properties.aes() == null && ownCodecs.isEmpty()) {
			throw new SetupException("Expected a codec that encrypts failures, but there is none",
					"Set workflow.codec.aes.keys.<id> and workflow.codec.aes.active-key, or add a PayloadCodec bean; or leave out workflow.codec.encrypt-failures");
		}
		codecs.add(new ClaimCheckCodec(store));
		return new Conversion(CodedPayloadConverter.of(converter, codecs, properties.encryptFailures()));
	}

}
