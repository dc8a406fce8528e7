package io.reprise.engine;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.kernel.Limits;
import io.reprise.kernel.NextRuns;
import io.reprise.protocol.Command;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Payload;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.Ticker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallerCommandsTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private final HistoryStore store = (HistoryStore) Proxy.newProxyInstance(HistoryStore.class.getClassLoader(),
			new Class<?>[] { HistoryStore.class }, (proxy, method, args) -> NOW);

	private final CallerCommands commands = new CallerCommands(
			new StoreClock(store, new StandingTicker(), Duration.ZERO), Limits.DEFAULT, NextRuns.NONE, () -> null,
			() -> CompletableFuture.completedFuture(null));

	@Test
	void shouldBeginNow() {
		assertThat(beginAfter(null)).isEqualTo(NOW);
		assertThat(beginAfter(NOW.minusSeconds(1))).isEqualTo(NOW);
	}

	@Test
	void shouldBeginAfterTheLatestRunThoughItsClockWasAhead() {
		assertThat(beginAfter(NOW.plusMillis(3))).isAfter(NOW.plusMillis(3)).isBefore(NOW.plusMillis(4));
	}

	private Instant beginAfter(@Nullable Instant latestStart) {
		Command.StartWorkflow start = new Command.StartWorkflow(new ExecutionKey("default", "order-1", "run-2"),
				"Order", "default", Payload.NULL, "request-2", IdReusePolicy.ALLOW_DUPLICATE, IdConflictPolicy.FAIL);
		return commands.creation(start, latestStart).record().startTime();
	}

	private static final class StandingTicker implements Ticker {

		@Override
		public long nanos() {
			return 0;
		}

		@Override
		public Scheduled schedule(Duration delay, Runnable task) {
			throw new UnsupportedOperationException();
		}

	}

}
