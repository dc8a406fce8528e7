package io.reprise.samples.orders;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the shop shows, from the first start to the one that finds nothing left.
 */
@ExtendWith(OutputCaptureExtension.class)
class ShopRunnerTests {

	private static final String SUMMARY = """
			Summary (the same for every run)
			  orders                         7
			    shipped                      4
			    card declined                1
			    sold out                     1
			    undeliverable                1
			  cards charged                  6        $577.39
			  refunds                        2        $368.00
			  mails                          9
			  no card charged twice                    OK
			  each charge shipped or refunded          OK
			  stock agrees with reservations           OK
			""";

	private final String database = "./target/shop-runner-tests/" + UUID.randomUUID();

	@Test
	void shouldProcessAllOrdersOnceAndPrintTheSameSummaryAtTheNextStart(CapturedOutput output) {
		assertThat(runShop()).isZero();

		String first = output.getOut();
		assertThat(first).contains("The shop has 7 orders.")
			.contains("Order order-2: Card declined")
			.contains("Order order-3: Copper kettle is sold out")
			.contains("Order order-4: The carrier does not deliver to Antarctica")
			.contains("Order order-456: Charged $99.99")
			.endsWith(SUMMARY);

		assertThat(runShop()).isZero();

		String second = output.getOut().substring(first.length());
		assertThat(second).contains("Nothing left to do: all 7 orders were done by an earlier start.")
			.contains("Order order-456: Charged $99.99")
			.doesNotContain("Order order-2")
			.endsWith(SUMMARY);
	}

	private int runShop() {
		return SpringApplication.exit(SpringApplication.run(OrderProcessingApplication.class,
				"--spring.datasource.url=jdbc:h2:file:%s;DB_CLOSE_ON_EXIT=FALSE".formatted(database),
				"--shop.orders=classpath:few-orders.csv", "--shop.until-pickup=100ms"));
	}

}
