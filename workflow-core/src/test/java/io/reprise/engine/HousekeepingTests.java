package io.reprise.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.reprise.spi.Ticker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HousekeepingTests {

	private final List<Runnable> due = new ArrayList<>();

	private final Housekeeping housekeeping = new Housekeeping(new Ticker() {

		@Override
		public long nanos() {
			return 0;
		}

		@Override
		public Scheduled schedule(Duration delay, Runnable task) {
			due.add(task);
			return () -> due.remove(task);
		}

	}, Thread.ofVirtual().factory(), new EngineHealth());

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

	private boolean runsVirtually(String duty) {
		CompletableFuture<Boolean> virtual = new CompletableFuture<>();
		housekeeping.every(Duration.ofSeconds(1), duty, () -> virtual.complete(Thread.currentThread().isVirtual()));
		due.removeLast().run();
		return virtual.orTimeout(10, TimeUnit.SECONDS).join();
	}

}
