package io.reprise.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SlotPoolTests {

	private final SlotPool pool = new SlotPool("test", 1);

	@Test
	void shouldLetOthersHaveTheSlotOfWorkThatWaits() {
		CompletableFuture<Void> waiting = new CompletableFuture<>();
		CompletableFuture<Void> end = new CompletableFuture<>();
		CompletableFuture<Void> other = new CompletableFuture<>();
		pool.execute(() -> pool.withoutSlot(() -> {
			waiting.complete(null);
			return end.join();
		}));
		waiting.join();

		assertThat(pool.tryExecute(() -> other.complete(null))).isTrue();
		other.join();

		assertThat(pool.outstanding()).isPositive();
		end.complete(null);
		Awaitility.await().until(() -> pool.outstanding() == 0 && pool.running() == 0);
	}

	@Test
	void shouldStartWhatWaitsForTheSlot() {
		CompletableFuture<Void> end = new CompletableFuture<>();
		CompletableFuture<Void> other = new CompletableFuture<>();
		pool.execute(() -> {
			pool.execute(() -> other.complete(null));
			pool.withoutSlot(end::join);
		});

		other.join();

		end.complete(null);
		Awaitility.await().until(() -> pool.outstanding() == 0 && pool.running() == 0);
	}

}
