package io.reprise.it.features.vault;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import io.reprise.spi.ValueConverter;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * An application whose data is nobody else's business.
 */
@SpringBootApplication
public class Vault {

	@Bean
	AmountConverter amountConverter() {
		return new AmountConverter();
	}

	/** Amounts as text, such as {@code 12.50 EUR}. */
	static class AmountConverter implements ValueConverter {

		@Override
		public String encoding() {
			return "amount";
		}

		@Override
		public boolean canWrite(Object value) {
			return value instanceof Amount;
		}

		@Override
		public byte[] write(Object value) {
			return value.toString().getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public Object read(byte[] data, Type type) {
			return Amount.parse(new String(data, StandardCharsets.UTF_8));
		}

	}

}
