package io.reprise.samples.orders;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.reprise.samples.orders.Outcome.Result;
import io.reprise.samples.orders.Summary.Check;
import io.reprise.samples.orders.Summary.Total;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Adds up what the shop's tables say. It does not take the workflows' word for it.
 */
@Component
class Books {

	private static final String CHARGED_TWICE = """
			SELECT order_id FROM shop_payment WHERE accepted
			GROUP BY order_id HAVING count(*) > 1""";

	/** A charge is answered by one parcel or one refund, and nothing else by anything. */
	private static final String UNSETTLED = """
			SELECT order_id FROM (
			  SELECT order_id, 1 AS entry FROM shop_payment WHERE accepted
			  UNION ALL SELECT order_id, -1 FROM shop_shipment
			  UNION ALL SELECT order_id, -1 FROM shop_refund
			) AS entries
			GROUP BY order_id HAVING sum(entry) <> 0""";

	private static final String MISCOUNTED = """
			SELECT sku FROM shop_stock WHERE on_hand <> delivered - (
			  SELECT coalesce(sum(quantity), 0) FROM shop_reservation WHERE shop_reservation.sku = shop_stock.sku
			)""";

	private final JdbcClient jdbc;

	Books(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Summary balance(List<Outcome> outcomes) {
		Map<Result, Long> orders = outcomes.stream()
			.collect(Collectors.groupingBy(Outcome::result, Collectors.counting()));
		return new Summary(orders, total("shop_payment WHERE accepted"), total("shop_refund"), count("shop_mail"),
				List.of(new Check("no card charged twice", count("(" + CHARGED_TWICE + ") AS orders")),
						new Check("each charge shipped or refunded", count("(" + UNSETTLED + ") AS orders")),
						new Check("stock agrees with reservations", count("(" + MISCOUNTED + ") AS articles"))));
	}

	/**
	 * How many charges were asked for again and not carried out again. Differs from run
	 * to run, as crashes add to it.
	 */
	long repeatedCharges() {
		return jdbc.sql("SELECT coalesce(sum(requests - 1), 0) FROM shop_payment").query(Long.class).single();
	}

	/**
	 * How many mails took more than one attempt. Differs from run to run.
	 */
	long repeatedMails() {
		return count("shop_mail WHERE attempt > 1");
	}

	private long count(String from) {
		return jdbc.sql("SELECT count(*) FROM " + from).query(Long.class).single();
	}

	private Total total(String from) {
		return jdbc.sql("SELECT count(*) AS count, coalesce(sum(amount), 0) AS amount FROM " + from)
			.query(Total.class)
			.single();
	}

}
