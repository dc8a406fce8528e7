package io.reprise.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SingleFlightTests {

	private final AtomicInteger begun = new AtomicInteger();

	private final Semaphore mayEnd = new Semaphore(0);

	private final CountDownLatch firstBegan = new CountDownLatch(1);

	private final SingleFlight flight = new SingleFlight(Thread.ofVirtual().factory(), () -> {
		begun.incrementAndGet();
		firstBegan.countDown();
		mayEnd.acquireUninterruptibly();
	});

	@Test
	void shouldShareTheNextTimeAmongAllWhoAskMeanwhile() throws Exception {
		CompletableFuture<Void> first = flight.request();
		assertThat(firstBegan.await(10, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Void> second = flight.request();
		CompletableFuture<Void> third = flight.request();

		assertThat(second).isSameAs(third).isNotSameAs(first).isNotDone();
		mayEnd.release();
		first.get(10, TimeUnit.SECONDS);
		assertThat(second).isNotDone();
		assertThat(flight.isIdle()).isFalse();
		mayEnd.release();
		second.get(10, TimeUnit.SECONDS);
		assertThat(begun).hasValue(2);
	}

	@Test
	void shouldBeginAnewAfterARest() throws Exception {
		mayEnd.release(2);
		flight.request().get(10, TimeUnit.SECONDS);
		flight.request().get(10, TimeUnit.SECONDS);

		assertThat(begun).hasValue(2);
	}

}
