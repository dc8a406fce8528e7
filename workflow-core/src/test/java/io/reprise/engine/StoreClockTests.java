package io.reprise.engine;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;

import io.reprise.spi.HistoryStore;
import io.reprise.spi.Ticker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StoreClockTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private Instant storeTime = START;

	private long nanos;

	private final HistoryStore store = (HistoryStore) Proxy.newProxyInstance(HistoryStore.class.getClassLoader(),
			new Class<?>[] { HistoryStore.class }, (proxy, method, args) -> storeTime);

	private final StoreClock clock = new StoreClock(store, new Ticker() {

		@Override
		public long nanos() {
			return nanos;
		}

		@Override
		public Scheduled schedule(Duration delay, Runnable task) {
			throw new UnsupportedOperationException();
		}

	}, Duration.ofSeconds(5));

	@Test
	void shouldNotGetAheadOfTheStoreThoughTheMonotonicClockRunsFast() {
		clock.sync();

		pass(Duration.ofHours(1), 50);

		assertThat(clock.now()).isBeforeOrEqualTo(storeTime);
		assertThat(Duration.between(clock.now(), storeTime)).isLessThan(Duration.ofSeconds(1));
	}

	@Test
	void shouldBeThereAfterTheWaitThatItNames() {
		clock.sync();
		Instant due = START.plusSeconds(5);

		nanos += clock.until(due).toNanos();

		assertThat(clock.now()).isAfterOrEqualTo(due);
		assertThat(Duration.between(due, clock.now())).isLessThan(Duration.ofMillis(1));
	}

	@Test
	void shouldShowTheStoresTimeWhenItIsAsked() {
		clock.sync();
		pass(Duration.ofHours(1), 0);

		clock.sync();

		assertThat(clock.now()).isEqualTo(storeTime);
	}

	private void pass(Duration duration, int partsPerMillion) {
		storeTime = storeTime.plus(duration);
		nanos += duration.toNanos() + duration.toNanos() * partsPerMillion / 1_000_000;
	}

}
