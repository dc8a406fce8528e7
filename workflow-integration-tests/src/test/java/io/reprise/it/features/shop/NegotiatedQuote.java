package io.reprise.it.features.shop;

import java.math.BigDecimal;

import io.reprise.Workflows;

class NegotiatedQuote implements Quote {

	private BigDecimal price = BigDecimal.ZERO;

	private boolean accepted;

	@Override
	public BigDecimal run(BigDecimal listPrice) {
		price = listPrice;
		Workflows.await(() -> accepted);
		return price;
	}

	@Override
	public void discount(int percent) {
		Workflows.await(() -> price.signum() > 0);
		price = price.subtract(price.multiply(BigDecimal.valueOf(percent)).movePointLeft(2));
	}

	@Override
	public void accept() {
		accepted = true;
	}

	@Override
	public BigDecimal price() {
		return price;
	}

}
