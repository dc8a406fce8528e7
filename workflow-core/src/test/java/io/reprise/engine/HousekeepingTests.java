package io.reprise.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.reprise.spi.StoreException;
import io.reprise.spi.Ticker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HousekeepingTests {

	private final List<Runnable> due = new ArrayList<>();

	private final EngineHealth health = new EngineHealth();

	private final Ticker ticker = new Ticker() {

		@Override
		public long nanos() {
			return 0;
		}

		@Override
		public Scheduled schedule(Duration delay, Runnable task) {
			due.add(task);
			return () -> due.remove(task);
		}

	};

	private final Housekeeping housekeeping = new Housekeeping(ticker, Thread.ofVirtual().factory(), health);

	@Test
	void shouldRenewTheLeaseThoughNoVirtualThreadCanRun() {
		assertThat(runsVirtually(EngineHealth.LEASE)).isFalse();
		assertThat(runsVirtually("due-sweep")).isTrue();
	}

	@Test
	void shouldGoOnAfterADutyHasFailed() {
		housekeeping.attempt("due-sweep", () -> {
			throw new IllegalStateException("made up");
		});

		assertThat(runsVirtually("due-sweep")).isTrue();
	}

	@Test
	void shouldGoOnAfterADutyGotNoThread() throws Exception {
		AtomicInteger threads = new AtomicInteger();
		Housekeeping scarce = new Housekeeping(ticker, (duty) -> {
			if (threads.incrementAndGet() == 1) {
				throw new OutOfMemoryError("made up: no thread");
			}
			return Thread.ofVirtual().unstarted(duty);
		}, health);
		CountDownLatch done = new CountDownLatch(1);
		scarce.everySilently(Duration.ofSeconds(1), "takeover", done::countDown);

		assertThatThrownBy(() -> due.removeLast().run()).isInstanceOf(OutOfMemoryError.class);
		due.removeLast().run();

		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void shouldTellThatTheStoreFailsUntilTheDutySucceedsThatFailed() throws Exception {
		housekeeping.attempt("takeover", () -> {
			throw new StoreException(StoreException.Outcome.NOTHING_WRITTEN, "away", null);
		});
		housekeeping.attempt("due-sweep", () -> {
		});
		runSilently("waiter-sweep");
		assertThat(health.storeError()).isEqualTo("away");

		housekeeping.attempt("takeover", () -> {
		});

		assertThat(health.storeError()).isNull();
	}

	private void runSilently(String duty) throws InterruptedException {
		CountDownLatch done = new CountDownLatch(1);
		housekeeping.everySilently(Duration.ofSeconds(1), duty, done::countDown);
		due.removeLast().run();
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
	}

	private boolean runsVirtually(String duty) {
		CompletableFuture<Boolean> virtual = new CompletableFuture<>();
		housekeeping.every(Duration.ofSeconds(1), duty, () -> virtual.complete(Thread.currentThread().isVirtual()));
		due.removeLast().run();
		return virtual.orTimeout(10, TimeUnit.SECONDS).join();
	}

}
