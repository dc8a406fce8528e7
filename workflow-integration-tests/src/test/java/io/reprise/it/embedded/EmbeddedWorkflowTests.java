package io.reprise.it.embedded;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.ActivityFailure;
import io.reprise.ActivityOptions;
import io.reprise.ApplicationFailure;
import io.reprise.CanceledFailure;
import io.reprise.ErrorCode;
import io.reprise.Promise;
import io.reprise.StartOptions;
import io.reprise.Workflow;
import io.reprise.WorkflowException;
import io.reprise.WorkflowFailedException;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowStatus;
import io.reprise.Workflows;
import io.reprise.testkit.WorkflowTestEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Workflows as users write them, on the real engine with a store in memory and virtual
 * time.
 */
class EmbeddedWorkflowTests {

	private final Shop shop = new Shop();

	private WorkflowTestEnvironment environment;

	@BeforeEach
	void start() {
		environment = WorkflowTestEnvironment.of(Order.class, FanOut.class, Greeting.class).activities(shop).start();
	}

	@AfterEach
	void stop() {
		environment.close();
	}

	@Test
	void shouldChargeOnceAndWaitAMonth() {
		WorkflowHandle<Order, String> handle = environment.client()
			.start(Order.class, (w) -> w.run("order-456", new BigDecimal("99.99")), StartOptions.withId("order-456"));

		environment.time().advance(Duration.ofDays(1));
		assertThat(handle.query(Order::status)).isEqualTo("shipping");

		assertThat(handle.result()).isEqualTo("Order order-456: Charged $99.99");
		assertThat(shop.charges).containsExactly("order-456");
	}

	@Test
	void shouldGoOnAfterACrashWithoutChargingAgain() {
		WorkflowHandle<Order, String> handle = environment.client()
			.start(Order.class, (w) -> w.run("order-1", BigDecimal.TEN), StartOptions.withId("order-1"));
		environment.time().advance(Duration.ofDays(1));

		environment.crash();

		WorkflowHandle<Order, Object> again = environment.client().handle(Order.class, handle.workflowId());
		assertThat(again.query(Order::status)).isEqualTo("shipping");
		assertThat(again.result()).isEqualTo("Order order-1: Charged $10");
		assertThat(shop.charges).containsExactly("order-1");
	}

	@Test
	void shouldRetryAndThenSucceed() {
		shop.failuresLeft.set(2);

		String result = environment.client()
			.execute(Order.class, (w) -> w.run("order-2", BigDecimal.ONE), StartOptions.defaults());
		assertThat(result).isEqualTo("Order order-2: Charged $1");
		assertThat(shop.attempts).containsExactly(1, 2, 3);
	}

	@Test
	void shouldFailWithTheWholeStory() {
		shop.failuresLeft.set(99);
		WorkflowHandle<Order, String> handle = environment.client()
			.start(Order.class, (w) -> w.run("order-3", BigDecimal.ONE), StartOptions.withId("order-3"));

		assertThatThrownBy(handle::result).isInstanceOfSatisfying(WorkflowFailedException.class, (ex) -> {
			assertThat(ex.status()).isEqualTo(WorkflowStatus.FAILED);
			assertThat(ex.getCause()).isInstanceOfSatisfying(ActivityFailure.class, (failure) -> {
				assertThat(failure.attempts()).isEqualTo(3);
				assertThat(failure.isCausedBy(IllegalStateException.class)).isTrue();
			});
		});
	}

	@Test
	void shouldHearSignalsAndCancel() {
		WorkflowHandle<Greeting, String> handle = environment.client()
			.start(Greeting.class, (w) -> w.run(), StartOptions.withId("greeting"));
		handle.signal((w) -> w.greet("Ada"));
		handle.signal((w) -> w.greet("Grace"));
		assertThat(handle.query(Greeting::names)).containsExactly("Ada", "Grace");
		environment.evictAll();
		assertThat(handle.query(Greeting::names)).containsExactly("Ada", "Grace");

		handle.cancel();
		assertThatThrownBy(handle::result).isInstanceOfSatisfying(WorkflowFailedException.class,
				(ex) -> assertThat(ex.status()).isEqualTo(WorkflowStatus.CANCELED));
		assertThat(handle.query(Greeting::names)).containsExactly("Ada", "Grace", "cancelled");
	}

	@Test
	void shouldRunHundredsOfActivitiesAtTheSameTime() {
		Integer sum = environment.client().execute(FanOut.class, (w) -> w.run(300), StartOptions.defaults());
		assertThat(sum).isEqualTo(IntStream.range(0, 300).sum());
	}

	@Test
	void shouldRefuseAnUnknownTypeAndAnUnknownSignal() {
		assertThatThrownBy(() -> environment.client().start("Nobody", StartOptions.defaults())).isInstanceOfSatisfying(
				WorkflowException.class, (ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNKNOWN_WORKFLOW_TYPE));
		var handle = environment.client().start("Greeting", StartOptions.defaults());
		assertThatThrownBy(() -> handle.signal("nothing")).isInstanceOfSatisfying(WorkflowException.class,
				(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNKNOWN_SIGNAL));
		assertThatThrownBy(() -> handle.query("nothing", String.class)).isInstanceOfSatisfying(WorkflowException.class,
				(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNKNOWN_QUERY));
	}

	@Test
	void shouldShowAHistoryAndADescription() {
		var handle = environment.client()
			.start(Order.class, (w) -> w.run("order-7", BigDecimal.ONE), StartOptions.withId("order-7"));
		environment.time().advance(Duration.ofMinutes(1));

		assertThat(handle.history()).extracting((event) -> event.type())
			.containsExactly("WorkflowStarted", "WorkflowTaskCompleted", "ActivityScheduled", "ActivityCompleted",
					"WorkflowTaskCompleted", "TimerStarted");
		assertThat(handle.describe().pendingTimers()).hasSize(1);
		assertThat(environment.client().list("status = 'Running' AND type = 'Order'").workflows()).hasSize(1);
		handle.terminate("enough");
		assertThat(handle.describe().status()).isEqualTo(WorkflowStatus.TERMINATED);
		assertThat(environment.client().list("status = 'Running'").workflows()).isEmpty();
	}

	@Activity
	public static class Shop {

		final List<String> charges = new CopyOnWriteArrayList<>();

		final List<Integer> attempts = new CopyOnWriteArrayList<>();

		final AtomicInteger failuresLeft = new AtomicInteger();

		@ActivityOptions(startToCloseTimeout = "10s")
		public String charge(String orderId, BigDecimal amount) {
			attempts.add(Activities.info().attempt());
			if (failuresLeft.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
				throw new IllegalStateException("no answer");
			}
			charges.add(orderId);
			return "Charged $" + amount;
		}

		public int same(int number) {
			return number;
		}

	}

	@Workflow
	public static class Order {

		private final Shop shop;

		private String status = "new";

		Order(@ActivityOptions(maximumAttempts = 3) Shop shop) {
			this.shop = shop;
		}

		@Workflow.Run
		public String run(String orderId, BigDecimal amount) {
			status = "charging";
			String receipt = shop.charge(orderId, amount);
			status = "shipping";
			Instant before = Workflows.now();
			Workflows.sleep(Duration.ofDays(30));
			if (Workflows.now().isBefore(before.plus(Duration.ofDays(30)))) {
				throw ApplicationFailure.nonRetryable("Early", "the timer fired early");
			}
			status = "done";
			return "Order " + orderId + ": " + receipt;
		}

		@Workflow.Query
		public String status() {
			return status;
		}

	}

	@Workflow
	public static class FanOut {

		private final Shop shop;

		FanOut(Shop shop) {
			this.shop = shop;
		}

		@Workflow.Run
		public int run(int count) {
			List<Promise<Integer>> promises = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				int number = i;
				promises.add(Workflows.async(() -> shop.same(number)));
			}
			return Workflows.all(promises).stream().mapToInt(Integer::intValue).sum();
		}

	}

	@Workflow
	public static class Greeting {

		private final List<String> names = new ArrayList<>();

		@Workflow.Run
		public String run() {
			try {
				Workflows.await(() -> names.contains("nobody"));
				return "never";
			}
			catch (CanceledFailure ex) {
				names.add("cancelled");
				throw ex;
			}
		}

		@Workflow.Signal
		public void greet(String name) {
			names.add(name);
		}

		@Workflow.Query
		public List<String> names() {
			return names;
		}

	}

}
