package io.reprise.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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
