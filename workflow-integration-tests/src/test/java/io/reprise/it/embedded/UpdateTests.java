package io.reprise.it.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.reprise.Activity;
import io.reprise.ApplicationFailure;
import io.reprise.Arguments;
import io.reprise.ErrorCode;
import io.reprise.HistoryEntry;
import io.reprise.StartOptions;
import io.reprise.UpdateHandle;
import io.reprise.UpdateOptions;
import io.reprise.Workflow;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowUpdateException;
import io.reprise.Workflows;
import io.reprise.testkit.WorkflowTestEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Updates as users write them, on the real engine with a store in memory and virtual
 * time.
 */
class UpdateTests {

	private WorkflowTestEnvironment environment;

	private WorkflowHandle<Cart, Integer> cart;

	@BeforeEach
	void start() {
		environment = WorkflowTestEnvironment.of(Cart.class).activities(new Prices()).start();
		cart = environment.client().start(Cart.class, Cart::run, StartOptions.withId("cart-1"));
	}

	@AfterEach
	void stop() {
		environment.close();
	}

	private List<String> kinds() {
		return cart.history().stream().map(HistoryEntry::type).toList();
	}

	@Test
	void shouldAnswerAnUpdate() {
		assertThat(cart.<Integer>update((w) -> w.add("tea"))).isEqualTo(1);
		assertThat(cart.<Integer>update((w) -> w.add("milk"))).isEqualTo(2);
		assertThat(cart.query(Cart::items)).containsExactly("tea", "milk");
		assertThat(cart.update("add", Integer.class, "jam")).isEqualTo(3);
	}

	@Test
	void shouldRejectWithoutTrace() {
		environment.time().settle();
		List<String> before = kinds();
		assertThatExceptionOfType(WorkflowUpdateException.class).isThrownBy(() -> cart.update((w) -> w.add("")))
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(ErrorCode.UPDATE_REJECTED);
				assertThat(ex.getCause()).isInstanceOf(ApplicationFailure.class).hasMessageContaining("no name");
			});
		assertThatExceptionOfType(WorkflowUpdateException.class)
			.isThrownBy(() -> environment.client().handle("cart-1").update("remove", Integer.class, "tea"))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNKNOWN_UPDATE));
		assertThat(kinds()).isEqualTo(before);
	}

	@Test
	void shouldCallActivitiesAndGoOnAfterACrash() {
		UpdateHandle<String> price = cart.startUpdate((w) -> w.price("tea"), UpdateOptions.withId("price-1"));
		environment.crash();
		WorkflowHandle<Cart, Object> again = environment.client().handle(Cart.class, "cart-1");
		assertThat(again.<String>update((w) -> w.price("tea"), UpdateOptions.withId("price-1")))
			.isEqualTo("tea costs 3");
		assertThat(price.updateId()).isEqualTo("price-1");
	}

	@Test
	void shouldGiveTheSameOutcomeToTheSameId() {
		UpdateOptions options = UpdateOptions.withId("add-1");
		assertThat(cart.<Integer>update((w) -> w.add("tea"), options)).isEqualTo(1);
		assertThat(cart.<Integer>update((w) -> w.add("tea"), options)).isEqualTo(1);
		cart.signal(Cart::checkOut);
		assertThat(cart.result()).isEqualTo(1);
		assertThat(cart.<Integer>update((w) -> w.add("tea"), options)).isEqualTo(1);
		assertThatExceptionOfType(WorkflowUpdateException.class).isThrownBy(() -> cart.update((w) -> w.add("milk")))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.WORKFLOW_CLOSED));
	}

	@Test
	void shouldTellWhatAHandlerFailedWith() {
		assertThatExceptionOfType(WorkflowUpdateException.class).isThrownBy(() -> cart.update((w) -> w.price("gold")))
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(ErrorCode.UPDATE_FAILED);
				assertThat(ex.getCause()).hasMessageContaining("Prices.of");
			});
		assertThat(cart.<Integer>update((w) -> w.add("tea"))).isEqualTo(1);
	}

	@Test
	void shouldRefuseAnUpdateWithABugAndGoOn() {
		assertThatExceptionOfType(WorkflowUpdateException.class).isThrownBy(() -> cart.updateVoid(Cart::bug))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.WORKFLOW_BUG));
		assertThat(cart.<Integer>update((w) -> w.add("tea"))).isEqualTo(1);
		assertThat(cart.describe().stall()).isNull();
	}

	@Test
	void shouldTellThatTheWorkflowEndedBeforeTheHandler() {
		UpdateHandle<Void> waits = cart.startUpdateVoid(Cart::waitLong, UpdateOptions.defaults());
		cart.terminate("enough");
		assertThatExceptionOfType(WorkflowUpdateException.class).isThrownBy(waits::result)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UPDATE_ABANDONED));
	}

	@Test
	void shouldHandNamesWithoutAHandlerToTheDynamicOne() {
		var ref = environment.client().handle("cart-1");
		ref.signal("coupon", "SUMMER", 7);
		assertThat(cart.query(Cart::items)).containsExactly("coupon(SUMMER, 7)");
		assertThat(ref.query("anything", String.class, 1, 2)).isEqualTo("anything has 2 arguments");
	}

	@Workflow
	public static class Cart {

		private final List<String> items = new ArrayList<>();

		private final Prices prices;

		private boolean checkedOut;

		Cart(Prices prices) {
			this.prices = prices;
		}

		@Workflow.Run
		public Integer run() {
			Workflows.await(() -> checkedOut);
			Workflows.await(Workflows::allHandlersFinished);
			return items.size();
		}

		@Workflow.Update
		public Integer add(String item) {
			items.add(item);
			return items.size();
		}

		@Workflow.UpdateValidator("add")
		public void checkItem(String item) {
			if (item.isEmpty()) {
				throw ApplicationFailure.nonRetryable("NoName", "an item with no name");
			}
		}

		@Workflow.Update
		public String price(String item) {
			return item + " costs " + prices.of(item);
		}

		@Workflow.Update
		public void waitLong() {
			Workflows.sleep(Duration.ofDays(365));
		}

		@Workflow.Update
		public void bug() {
			throw new NullPointerException("a bug");
		}

		@Workflow.Signal
		public void checkOut() {
			checkedOut = true;
		}

		@Workflow.Signal(dynamic = true)
		public void other(String name, Arguments arguments) {
			items.add("%s(%s, %d)".formatted(name, arguments.get(0, String.class), arguments.get(1, Integer.class)));
		}

		@Workflow.Query
		public List<String> items() {
			return items;
		}

		@Workflow.Query(dynamic = true)
		public String any(String name, Arguments arguments) {
			return name + " has " + arguments.size() + " arguments";
		}

	}

	@Activity
	public static class Prices {

		public int of(String item) {
			if (item.equals("gold")) {
				throw ApplicationFailure.nonRetryable("TooDear", "nobody can pay for " + item);
			}
			return item.length();
		}

	}

}
