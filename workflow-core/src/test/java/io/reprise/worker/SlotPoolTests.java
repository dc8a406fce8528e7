package io.reprise.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SlotPoolTests {

	private static final ThreadLocal<String> TRACE = new ThreadLocal<>();

	private final SlotPool pool = new SlotPool("test", 1);

	@Test
	void shouldShowNoWorkWhatTheLastOneLeftOnItsThread() {
		CountDownLatch bothWait = new CountDownLatch(1);
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		CompletableFuture<String> trace = new CompletableFuture<>();
		pool.execute(() -> {
			await(bothWait);
			TRACE.set("of the first");
			Thread.currentThread().interrupt();
		});
		pool.execute(() -> {
			interrupted.complete(Thread.currentThread().isInterrupted());
			trace.complete(TRACE.get());
		});

		bothWait.countDown();

		assertThat(interrupted.orTimeout(10, TimeUnit.SECONDS).join()).isFalse();
		assertThat(trace.orTimeout(10, TimeUnit.SECONDS).join()).isNull();
	}

	@Test
	void shouldBeginNothingOnceItHasStoppedAndNothingRuns() throws Exception {
		for (int i = 0; i < 2_000; i++) {
			SlotPool raced = new SlotPool("test", 1);
			AtomicInteger begun = new AtomicInteger();
			Thread submitter = Thread.ofVirtual().start(() -> raced.execute(begun::incrementAndGet));

			raced.stop();
			awaitEnd(raced);
			int before = begun.get();
			submitter.join();
			awaitEnd(raced);

			assertThat(begun).hasValue(before);
			assertThat(raced.outstanding()).isZero();
		}
	}

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

	private static void awaitEnd(SlotPool pool) {
		while (pool.running() > 0) {
			Thread.onSpinWait();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
