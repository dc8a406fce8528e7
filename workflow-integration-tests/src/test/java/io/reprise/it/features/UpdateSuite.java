package io.reprise.it.features;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.reprise.ErrorCode;
import io.reprise.HistoryEntry;
import io.reprise.IdReusePolicy;
import io.reprise.StartOptions;
import io.reprise.UpdateHandle;
import io.reprise.UpdateOptions;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowUpdateException;
import io.reprise.it.features.shop.Cart;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Updates, and messages that come with a start.
 */
abstract class UpdateSuite extends FeatureSuite {

	UpdateSuite(Database database) {
		super(database);
	}

	private WorkflowHandle<Cart, List<String>> cart() {
		return client.start(Cart.class, Cart::run, withNewId("cart"));
	}

	private List<String> checkOut(WorkflowHandle<Cart, List<String>> cart) {
		cart.signal(Cart::checkOut);
		return cart.result(PATIENCE);
	}

	@Test
	void shouldAnswerUpdatesAlsoAfterReplay() {
		WorkflowHandle<Cart, List<String>> cart = cart();
		assertThat(cart.<Integer>update((w) -> w.add("tea"))).isEqualTo(1);
		evictAll();
		assertThat(cart.<Integer>update((w) -> w.add("milk"))).isEqualTo(2);
		evictAll();
		assertThat(cart.query(Cart::items)).containsExactly("tea", "milk");
		assertThat(checkOut(cart)).containsExactly("tea", "milk");
	}

	@Test
	void shouldRejectWithoutTrace() {
		WorkflowHandle<Cart, List<String>> cart = cart();
		awaitEvent(cart, "WorkflowTaskCompleted");
		long before = cart.describe().historyEvents();
		assertThatExceptionOfType(WorkflowUpdateException.class).isThrownBy(() -> cart.update((w) -> w.add("")))
			.withMessageContaining("an item with no name")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UPDATE_REJECTED));
		assertCode(ErrorCode.UNKNOWN_UPDATE, () -> cart.update("remove", Integer.class, "tea"));
		assertThat(cart.describe().historyEvents()).isEqualTo(before);
		assertThat(checkOut(cart)).isEmpty();
	}

	@Test
	void shouldDoTheSameUpdateOnceAndTellItsOutcomeAfterTheEnd() {
		WorkflowHandle<Cart, List<String>> cart = cart();
		UpdateOptions options = UpdateOptions.withId("add-tea");
		List<CompletableFuture<Integer>> answers = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			answers.add(CompletableFuture.supplyAsync(() -> cart.update((w) -> w.add("tea"), options)));
		}
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.join()).isEqualTo(1));
		assertThat(checkOut(cart)).containsExactly("tea");
		assertThat(cart.<Integer>update((w) -> w.add("tea"), options)).isEqualTo(1);
		assertCode(ErrorCode.WORKFLOW_CLOSED, () -> cart.update((w) -> w.add("milk")));
	}

	@Test
	void shouldAnswerLongAfterItAccepted() {
		WorkflowHandle<Cart, List<String>> cart = cart();
		UpdateHandle<String> delivery = cart.startUpdate((w) -> w.deliver(Duration.ofMillis(300)),
				UpdateOptions.defaults());
		assertThat(cart.history()).extracting(HistoryEntry::type).doesNotContain("UpdateCompleted");
		assertThat(cart.<Integer>update((w) -> w.add("tea"))).isEqualTo(1);
		cart.signal(Cart::checkOut);
		assertThat(delivery.result(PATIENCE)).isEqualTo("1 delivered");
		assertThat(cart.result(PATIENCE)).containsExactly("tea");
	}

	@Test
	void shouldStartWithASignalOrOnlySignal() {
		StartOptions options = withNewId("cart");
		List<CompletableFuture<String>> runs = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			String text = "note " + i;
			runs.add(CompletableFuture.supplyAsync(
					() -> client.signalWithStart(Cart.class, Cart::run, (w) -> w.note(text), options).runId()));
		}
		assertThat(runs.stream().map(CompletableFuture::join).distinct()).hasSize(1);
		WorkflowHandle<Cart, List<String>> cart = client.signalWithStart(Cart.class, Cart::run, (w) -> w.note("last"),
				options);
		assertThat(checkOut(cart)).hasSize(11).endsWith("last");

		WorkflowHandle<Cart, List<String>> next = client.signalWithStart(Cart.class, Cart::run, (w) -> w.note("first"),
				options);
		assertThat(next.runId()).isNotEqualTo(cart.runId());
		assertThat(next.history()).extracting(HistoryEntry::type).startsWith("WorkflowStarted", "WorkflowSignaled");
		assertThat(checkOut(next)).containsExactly("first");
		assertCode(ErrorCode.WORKFLOW_ALREADY_STARTED, () -> client.signalWithStart(Cart.class, Cart::run,
				(w) -> w.note("late"), options.onClosed(IdReusePolicy.REJECT_DUPLICATE)));
	}

	@Test
	void shouldStartWithAnUpdateOrOnlyUpdate() {
		StartOptions options = withNewId("cart");
		assertThat(client
			.<Cart, Integer>updateWithStart(Cart.class, Cart::run, (w) -> w.add("tea"), options,
					UpdateOptions.defaults())
			.result(PATIENCE)).isEqualTo(1);
		assertThat(client
			.<Cart, Integer>updateWithStart(Cart.class, Cart::run, (w) -> w.add("milk"), options,
					UpdateOptions.defaults())
			.result(PATIENCE)).isEqualTo(2);
		assertThat(client.handle(Cart.class, String.valueOf(options.workflowId())).query(Cart::items))
			.containsExactly("tea", "milk");
	}

	@Test
	void shouldHandOverNamesWithoutAHandler() {
		WorkflowHandle<Cart, List<String>> cart = cart();
		cart.signal("coupon", "SUMMER", 7);
		assertThat(checkOut(cart)).containsExactly("coupon(SUMMER, 7)");
	}

}
