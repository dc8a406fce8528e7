package io.reprise.samples.orders;

/**
 * What became of an order.
 *
 * @param orderId the order
 * @param result how it ended
 * @param message the same for people
 */
public record Outcome(String orderId, Result result, String message) {

	@Override
	public String toString() {
		return "Order %s: %s".formatted(orderId, message);
	}

	/**
	 * How an order can end.
	 */
	public enum Result {

		SHIPPED("shipped"), CARD_DECLINED("card declined"), SOLD_OUT("sold out"), UNDELIVERABLE("undeliverable"),
		FAILED("failed");

		private final String label;

		Result(String label) {
			this.label = label;
		}

		String label() {
			return label;
		}

	}

}
