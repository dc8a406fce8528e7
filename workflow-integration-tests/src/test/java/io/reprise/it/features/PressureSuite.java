package io.reprise.it.features;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.reprise.StartOptions;
import io.reprise.WorkflowHandle;
import io.reprise.it.features.shop.Approval;
import io.reprise.it.features.shop.Ledger;
import io.reprise.it.features.shop.OrderProcess;
import io.reprise.it.features.shop.PartnerWorkflows.AskAll;
import io.reprise.it.features.shop.PartnerWorkflows.AskAny;
import io.reprise.it.features.shop.TimeWorkflows.Nap;
import io.reprise.it.features.shop.TimeWorkflows.Times;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Much at the same time.
 */
abstract class PressureSuite extends FeatureSuite {

	private static final int IN_FLIGHT = 300;

	PressureSuite(Database database) {
		super(database);
	}

	@Test
	void shouldHaveHundredsOfActivitiesInFlight() {
		String key = newId("meet");

		Integer sum = client.start(AskAll.class, (w) -> w.run(key, IN_FLIGHT), withNewId("all")).result(PATIENCE);

		assertThat(sum).as("all met at the same time").isEqualTo(IN_FLIGHT * (IN_FLIGHT - 1) / 2);
	}

	@Test
	void shouldTakeTheFirstAnswer() {
		String key = newId("slow");

		String answer = client.start(AskAny.class, (w) -> w.run(key), withNewId("any")).result(PATIENCE);

		assertThat(answer).isEqualTo("fast, slow is done: false");
		probe.open(key);
	}

	@Test
	void shouldGoOnWhileWorkflowsAreEvicted() {
		List<String> ids = IntStream.range(0, 20).mapToObj((i) -> newId("order")).toList();
		List<WorkflowHandle<OrderProcess, String>> orders = ids.stream()
			.map((id) -> client.start(OrderProcess.class, (w) -> w.run(id, BigDecimal.TEN), StartOptions.withId(id)))
			.toList();
		List<WorkflowHandle<Nap, Times>> naps = ids.stream()
			.map((id) -> client.start(Nap.class, (w) -> w.run(Duration.ofMillis(100)), withNewId("nap")))
			.toList();

		eventually().until(() -> {
			evictAll();
			return orders.stream().allMatch((order) -> order.describe().status().isClosed())
					&& naps.stream().allMatch((nap) -> nap.describe().status().isClosed());
		});

		Ledger ledger = shop.getBean(Ledger.class);
		assertThat(orders).allSatisfy((order) -> assertThat(order.result()).startsWith("booked 10, balance 10"));
		assertThat(ids).allSatisfy((id) -> assertThat(ledger.balance(id)).isEqualByComparingTo("10"));
		assertThat(naps).allSatisfy((nap) -> assertThat(nap.result()).isNotNull());
	}

	@Test
	void shouldHearEverySignalOfMany() {
		WorkflowHandle<Approval, String> handle = client.start(Approval.class, (w) -> w.run("vote"), withNewId("vote"));
		List<String> votes = IntStream.range(0, 200).mapToObj((i) -> "vote " + i).toList();

		try (ExecutorService voters = Executors.newVirtualThreadPerTaskExecutor()) {
			votes.forEach((vote) -> voters.execute(() -> handle.signal((w) -> w.note(vote))));
		}

		assertThat(handle.query(Approval::notes)).containsExactlyInAnyOrderElementsOf(votes);
		List<String> heard = new ArrayList<>(handle.query(Approval::notes));
		evictAll();
		assertThat(handle.query(Approval::notes)).as("in the same order").isEqualTo(heard);
		handle.terminate("counted");
	}

}
