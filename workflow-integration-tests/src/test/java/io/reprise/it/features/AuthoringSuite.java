package io.reprise.it.features;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import io.reprise.StartOptions;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowRef;
import io.reprise.boot.WorkflowRuntime;
import io.reprise.it.features.partner.Survey;
import io.reprise.it.features.shop.Approval;
import io.reprise.it.features.shop.Catalogue.Item;
import io.reprise.it.features.shop.Catalogue.Shelf;
import io.reprise.it.features.shop.Ledger;
import io.reprise.it.features.shop.OrderProcess;
import io.reprise.it.features.shop.Precedence;
import io.reprise.it.features.shop.Quote;
import io.reprise.it.features.shop.StockTaking;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workflows and activities as users write them.
 */
abstract class AuthoringSuite extends FeatureSuite {

	AuthoringSuite(Database database) {
		super(database);
	}

	@Test
	void shouldRunAnOrderWithRealBeans() {
		String id = newId("order");

		String result = client.execute(OrderProcess.class, (w) -> w.run(id, new BigDecimal("99.99")),
				StartOptions.withId(id));

		assertThat(result).isEqualTo("booked 99.99, balance 99.99, sent 'booked 99.99'");
		assertThat(shop.getBean(Ledger.class).balance(id)).isEqualByComparingTo("99.99");
		assertThat(probe.notes("mail to " + id)).containsExactly("booked 99.99");
	}

	@Test
	void shouldNotRepeatActivitiesWhenReplayed() {
		String id = newId("order");
		client.execute(OrderProcess.class, (w) -> w.run(id, BigDecimal.TEN), StartOptions.withId(id));

		evictAll();

		assertThat(client.handle(OrderProcess.class, id).query(OrderProcess::status)).isEqualTo("done");
		assertThat(shop.getBean(Ledger.class).balance(id)).isEqualByComparingTo("10");
		assertThat(probe.notes("mail to " + id)).hasSize(1);
	}

	@Test
	void shouldFindWorkflowsLikeEntities() {
		assertThat(shop.getBean(WorkflowRuntime.class).workflows().types()).contains("ProcessOrder", "Approval",
				"Quote", "Survey", "CallPartner");
		assertThat(shop.getBeanNamesForType(OrderProcess.class)).isEmpty();
	}

	@Test
	void shouldNameTypes() {
		WorkflowRef named = client.start(OrderProcess.class, (w) -> w.run(newId("order"), BigDecimal.ONE),
				withNewId("named"));
		WorkflowRef unnamed = client.start(Approval.class, (w) -> w.run("holiday"), withNewId("unnamed"));

		assertThat(named.describe().summary().workflowType()).isEqualTo("ProcessOrder");
		assertThat(unnamed.describe().summary().workflowType()).isEqualTo("Approval");
		assertThat(client.start("Survey", withNewId("survey"), "why?").result(String.class)).isEqualTo("Survey: why?");
		String answer = client.execute(Survey.class, (w) -> w.run("when?"), withNewId("survey"));
		assertThat(answer).isEqualTo("Survey: when?");
	}

	@Test
	void shouldReachAnImplementationByItsInterface() {
		WorkflowHandle<Quote, BigDecimal> quote = client.start(Quote.class, (w) -> w.run(new BigDecimal("200")),
				withNewId("quote"));
		quote.signal((w) -> w.discount(10));

		assertThat(quote.query(Quote::price)).isEqualByComparingTo("180");
		quote.signal(Quote::accept);

		assertThat(quote.result(PATIENCE)).isEqualByComparingTo("180");
		assertThat(quote.describe().summary().workflowType()).isEqualTo("Quote");
	}

	@Test
	void shouldHandOverValuesOfAllKinds() {
		WorkflowHandle<StockTaking, Map<Shelf, List<Item>>> handle = client.start(StockTaking.class,
				(w) -> w.run(List.of("tea", "coffee")), withNewId("stock"));
		Item tea = new Item("tea", new BigDecimal("1.50"), LocalDate.of(2026, 2, 28), Shelf.LOWER);
		Item coffee = new Item("coffee", new BigDecimal("1.50"), LocalDate.of(2026, 2, 28), Shelf.UPPER);

		assertThat(handle.result(PATIENCE)).isEqualTo(Map.of(Shelf.LOWER, List.of(tea), Shelf.UPPER, List.of(coffee)));

		evictAll();
		assertThat(handle.query(StockTaking::items)).containsExactly(tea, coffee);
		assertThat(client.handle(handle.workflowId() + "-order").describe().summary().workflowType())
			.as("started by the activity")
			.isEqualTo("Approval");
	}

	@Test
	void shouldPreferTheNearestOptions() {
		WorkflowHandle<Precedence, Void> handle = client.startVoid(Precedence.class, Precedence::run,
				withNewId("precedence"));
		handle.result(PATIENCE);

		List<Object> timeouts = handle.history()
			.stream()
			.filter((event) -> event.type().equals("ActivityScheduled"))
			.<Object>map((event) -> map(event.attributes().get("policy")).get("startToClose"))
			.toList();
		assertThat(timeouts).containsExactly("PT11S", "PT12S", "PT13S", "PT14S", "PT15S", "PT16S", "PT17S", "PT11S",
				"PT13S");
		assertThat(map(event(handle, "ActivityScheduled").attributes().get("policy")).get("initialInterval"))
			.as("the default of what nobody sets")
			.isEqualTo("PT1S");
	}

}
