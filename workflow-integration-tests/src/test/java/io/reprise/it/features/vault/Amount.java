package io.reprise.it.features.vault;

import java.math.BigDecimal;

/**
 * An amount of money, which JSON does not read: it has no accessors.
 */
public final class Amount {

	private final BigDecimal value;

	private final String currency;

	private Amount(BigDecimal value, String currency) {
		this.value = value;
		this.currency = currency;
	}

	public static Amount parse(String text) {
		String[] parts = text.split(" ", 2);
		return new Amount(new BigDecimal(parts[0]), parts[1]);
	}

	@Override
	public String toString() {
		return value.toPlainString() + " " + currency;
	}

}
