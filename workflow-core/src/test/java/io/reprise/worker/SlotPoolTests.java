package io.reprise.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
