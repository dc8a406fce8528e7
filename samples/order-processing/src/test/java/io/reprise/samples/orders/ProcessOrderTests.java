package io.reprise.samples.orders;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowFailedException;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowStatus;
import io.reprise.samples.orders.Outcome.Result;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What happens to single orders, with a real engine on a database of its own.
 */
@SpringBootTest(properties = "shop.until-pickup=100ms")
class ProcessOrderTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final String id = "order-" + UUID.randomUUID();

	@MockitoBean
	private ShopRunner theTestsBringTheirOwnOrders;

	@Autowired
	private WorkflowClient client;

	@Autowired
	private JdbcClient jdbc;

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry registry) {
		String url = "jdbc:h2:file:./target/process-order-tests/%s;DB_CLOSE_ON_EXIT=FALSE".formatted(UUID.randomUUID());
		registry.add("spring.datasource.url", () -> url);
	}

	@Test
	void shouldChargeReserveMailAndShip() {
		Outcome outcome = process(order("CUP-05", "US", "test-visa"));

		assertThat(outcome).isEqualTo(new Outcome(id, Result.SHIPPED, "Charged $99.99"));
		assertThat(outcome).hasToString("Order %s: Charged $99.99", id);
		assertThat(rows("shop_payment")).isOne();
		assertThat(rows("shop_reservation")).isOne();
		assertThat(rows("shop_mail")).isEqualTo(2);
		assertThat(rows("shop_shipment")).isOne();
		assertThat(rows("shop_refund")).isZero();
	}

	@Test
	void shouldDoNothingElseWhenCardIsDeclined() {
		Outcome outcome = process(order("CUP-05", "US", "test-declined"));

		assertThat(outcome).isEqualTo(new Outcome(id, Result.CARD_DECLINED, "Card declined"));
		assertThat(rows("shop_payment")).as("declined requests, tried once").isOne();
		assertThat(rows("shop_reservation") + rows("shop_mail") + rows("shop_shipment") + rows("shop_refund")).isZero();
	}

	@Test
	void shouldRefundWhenSoldOut() {
		Outcome outcome = process(order("KET-10", "US", "test-visa"));

		assertThat(outcome).isEqualTo(new Outcome(id, Result.SOLD_OUT, "Enamel cup is sold out"));
		assertThat(rows("shop_refund")).isOne();
		assertThat(rows("shop_reservation") + rows("shop_mail") + rows("shop_shipment")).isZero();
	}

	@Test
	void shouldRefundAndPutBackWhenCarrierRefuses() {
		int onHand = onHand("UMB-24");

		Outcome outcome = process(order("UMB-24", "AQ", "test-visa"));

		assertThat(outcome.result()).isEqualTo(Result.UNDELIVERABLE);
		assertThat(outcome).hasToString("Order %s: The carrier does not deliver to Antarctica", id);
		assertThat(rows("shop_refund")).isOne();
		assertThat(rows("shop_reservation") + rows("shop_shipment")).isZero();
		assertThat(onHand("UMB-24")).isEqualTo(onHand);
	}

	@Test
	void shouldChargeOnceWhenTheGatewaysAnswerIsLost() {
		Outcome outcome = process(order("CUP-05", "US", "test-slow"));

		assertThat(outcome.result()).isEqualTo(Result.SHIPPED);
		assertThat(rows("shop_payment")).isOne();
		assertThat(number("SELECT requests FROM shop_payment WHERE order_id = ?", id)).isEqualTo(2);
	}

	@Test
	void shouldSendMailAgainThatWasRefusedAtFirst() {
		Order order = order("CUP-05", "US", "test-visa");

		Outcome outcome = process(new Order(id, order.customer(), "c1@grey.example.com", order.country(), order.sku(),
				order.item(), order.quantity(), order.amount(), order.card()));

		assertThat(outcome.result()).isEqualTo(Result.SHIPPED);
		assertThat(number("SELECT count(*) FROM shop_mail WHERE attempt = 2 AND order_id = ?", id)).isEqualTo(2);
	}

	@Test
	void shouldTellItsStatusAndWaitWhileOnHold() {
		WorkflowHandle<ProcessOrder, Outcome> workflow = start(order("CUP-05", "US", "test-visa"));
		workflow.signal(ProcessOrder::hold);

		await().atMost(SOON)
			.untilAsserted(() -> assertThat(workflow.query(ProcessOrder::status))
				.isEqualTo("on hold, waiting for the carrier"));
		assertThat(rows("shop_shipment")).isZero();
		workflow.signal(ProcessOrder::release);

		assertThat(workflow.result(SOON)).extracting(Outcome::result).isEqualTo(Result.SHIPPED);
		assertThat(workflow.query(ProcessOrder::status)).isEqualTo("shipped");
	}

	@Test
	void shouldUndoEverythingWhenCancelled() {
		int onHand = onHand("TOW-23");
		WorkflowHandle<ProcessOrder, Outcome> workflow = start(order("TOW-23", "US", "test-visa"));
		workflow.signal(ProcessOrder::hold);
		await().atMost(SOON).until(() -> rows("shop_reservation") == 1);

		workflow.cancel();

		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(() -> workflow.result(SOON))
			.extracting(WorkflowFailedException::status)
			.isEqualTo(WorkflowStatus.CANCELED);
		assertThat(rows("shop_payment")).isOne();
		assertThat(rows("shop_refund")).isOne();
		assertThat(rows("shop_reservation") + rows("shop_shipment")).isZero();
		assertThat(onHand("TOW-23")).isEqualTo(onHand);
	}

	@Test
	void shouldFindTheSameRunWhenStartedAgain() {
		Order order = order("CUP-05", "US", "test-visa");
		WorkflowHandle<ProcessOrder, Outcome> first = start(order);
		Outcome outcome = first.result(SOON);

		WorkflowHandle<ProcessOrder, Outcome> second = start(order);

		assertThat(second.runId()).isEqualTo(first.runId());
		assertThat(second.result(SOON)).isEqualTo(outcome);
		assertThat(rows("shop_payment")).isOne();
	}

	private Order order(String sku, String country, String card) {
		return new Order(id, "C1", "c1@example.com", country, sku, "Enamel cup", 2, new BigDecimal("99.99"), card);
	}

	private Outcome process(Order order) {
		Outcome outcome = start(order).result(SOON);
		assertThat(outcome).isNotNull();
		return outcome;
	}

	private WorkflowHandle<ProcessOrder, Outcome> start(Order order) {
		StartOptions options = StartOptions.withId(order.id()).requestId(order.id());
		return client.start(ProcessOrder.class, w -> w.run(order), options);
	}

	private int rows(String table) {
		return number("SELECT count(*) FROM %s WHERE order_id = ?".formatted(table), id);
	}

	private int onHand(String sku) {
		return number("SELECT on_hand FROM shop_stock WHERE sku = ?", sku);
	}

	private int number(String sql, String parameter) {
		return jdbc.sql(sql).param(parameter).query(Integer.class).single();
	}

}
