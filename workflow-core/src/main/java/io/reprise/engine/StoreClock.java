package io.reprise.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

import io.reprise.spi.HistoryStore;
import io.reprise.spi.StoreException;
import io.reprise.spi.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The store's time without asking it each time.
 * <p>
 * Never ahead of the store: its answer was true when it was given, so at the moment of
 * its arrival the store's clock shows that or more. From there on the monotonic clock
 * counts, and is taken to run fast: as long as the store cannot be asked, this clock
 * falls behind rather than getting ahead.
 */
final class StoreClock {

	/** One part in so many: 200 ppm, more than clocks of machines drift. */
	private static final long DRIFT = 5_000;

	private final HistoryStore store;

	private final Ticker ticker;

	private final Duration syncInterval;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable Sync sync;

	private Instant last = Instant.MIN;

	StoreClock(HistoryStore store, Ticker ticker, Duration syncInterval) {
		this.store = store;
		this.ticker = ticker;
		this.syncInterval = syncInterval;
	}

	/**
	 * Asks the store. Called now and then, never where blocking hurts.
	 * @throws io.reprise.spi.StoreException if it cannot be reached
	 */
	void sync() {
		Instant told = store.now();
		sync = new Sync(told, ticker.nanos());
	}

	/**
	 * The store's time. Does not go back, and does not block once it was asked.
	 * @return the time, to the microsecond
	 */
	Instant now() {
		Sync current = sync;
		if (current == null || syncInterval.isZero()) {
			current = asked(current);
		}
		long elapsed = ticker.nanos() - current.nanos;
		Instant time = current.time.plusNanos(elapsed - elapsed / DRIFT).truncatedTo(ChronoUnit.MICROS);
		lock.lock();
		try {
			if (time.isBefore(last)) {
				return last;
			}
			last = time;
			return time;
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * How long to wait until this clock shows a time, if the store is not asked
	 * meanwhile.
	 * @param time the time
	 * @return the wait, on the ticker
	 */
	Duration until(Instant time) {
		Duration wait = Duration.between(now(), time);
		return (wait.isPositive() && !syncInterval.isZero()) ? wait.plus(wait.dividedBy(DRIFT - 1)).plusNanos(1_000)
				: wait;
	}

	/**
	 * Effects of a commit ask for the time too, and must not fail after it: what was told
	 * before is still true.
	 */
	private Sync asked(@Nullable Sync before) {
		try {
			sync();
		}
		catch (StoreException ex) {
			if (before == null) {
				throw ex;
			}
		}
		return Objects.requireNonNull(sync);
	}

	private record Sync(Instant time, long nanos) {

	}

}
