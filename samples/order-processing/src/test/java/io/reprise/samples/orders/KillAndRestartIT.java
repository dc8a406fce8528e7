package io.reprise.samples.orders;

import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shop's promise: kill it as often as you like, the result is the same.
 */
class KillAndRestartIT {

	private static final int KILLS = 5;

	/** The shop shows more than a hundred lines in all, so no start gets to its end. */
	private static final int MOST_LINES = 20;

	private static final int ORDERS = 1_200;

	private static final String OUTCOMES = """
			SELECT order_id FROM shop_shipment
			UNION ALL SELECT order_id FROM shop_refund
			UNION ALL SELECT order_id FROM shop_payment WHERE NOT accepted""";

	@Test
	void shouldEndAsAnUndisturbedRunHoweverOftenItIsKilled() throws Exception {
		String undisturbed = newDatabase();
		String disturbed = newDatabase();
		List<String> expected = runToTheEnd(undisturbed);

		Random random = new Random();
		for (int kill = 0; kill < KILLS; kill++) {
			killAfter(random.nextInt(1, MOST_LINES), disturbed);
		}
		List<String> summary = runToTheEnd(disturbed);

		assertThat(summary).isEqualTo(expected).anyMatch(line -> line.matches("  orders +1,200"));
		JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(disturbed));
		assertThat(orders(jdbc, "SELECT order_id FROM shop_payment GROUP BY order_id HAVING count(*) > 1"))
			.as("orders whose card was charged twice")
			.isEmpty();
		assertThat(orders(jdbc, OUTCOMES)).as("outcomes").hasSize(ORDERS).doesNotHaveDuplicates();
		assertThat(runToTheEnd(disturbed)).as("summary of a start with nothing left to do").isEqualTo(expected);
	}

	private static void killAfter(int lines, String database) throws Exception {
		try (ShopProcess shop = ShopProcess.start(database)) {
			assertThat(shop.awaitLines(lines)).as("running until killed: %s", shop.lines()).isTrue();
			shop.kill();
		}
	}

	private static List<String> runToTheEnd(String database) throws Exception {
		try (ShopProcess shop = ShopProcess.start(database)) {
			int exitCode = shop.awaitEnd();
			List<String> lines = shop.lines();
			assertThat(exitCode).as("exit code of %s", lines).isZero();
			assertThat(lines).contains("Order order-456: Charged $99.99");
			return List.copyOf(lines.subList(lines.indexOf("Summary (the same for every run)"), lines.size()));
		}
	}

	private static List<String> orders(JdbcClient jdbc, String sql) {
		return jdbc.sql(sql).query(String.class).list();
	}

	private static String newDatabase() {
		return "jdbc:h2:file:./target/kill-and-restart/%s;DB_CLOSE_ON_EXIT=FALSE".formatted(UUID.randomUUID());
	}

}
