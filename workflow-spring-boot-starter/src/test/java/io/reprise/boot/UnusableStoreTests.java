package io.reprise.boot;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.engine.SystemTicker;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.StoreException;
import io.reprise.spi.Ticker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

/** A database that is reached after the start of the application, and is of no use. */
@ExtendWith(OutputCaptureExtension.class)
class UnusableStoreTests {

	private static final String ALOUD = "it cannot be used as it is";

	private final HistoryStore store = mock(HistoryStore.class);

	private final AtomicReference<RuntimeException> problem = new AtomicReference<>(
			new StoreException(StoreException.Outcome.NOTHING_WRITTEN, "Not there yet", null));

	private final AtomicInteger attempts = new AtomicInteger();

	@Test
	void shouldSayOnceWhatHasToBeRepaired(CapturedOutput output) {
		willAnswer((call) -> {
			attempts.incrementAndGet();
			RuntimeException current = problem.get();
			if (current != null) {
				throw current;
			}
			return null;
		}).given(store).open();
		given(store.now()).willReturn(Instant.EPOCH);
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(WorkflowAutoConfiguration.class, WorkflowHealthAutoConfiguration.class))
			.withBean(HistoryStore.class, () -> store)
			.withBean(NodeRegistry.class, () -> mock(NodeRegistry.class))
			.withBean(Ticker.class, HurriedTicker::new)
			.run((context) -> {
				HealthIndicator indicator = context.getBean(HealthIndicator.class);
				Awaitility.await().until(() -> attempts.get() >= 2);
				assertThat(output).doesNotContain(ALOUD);

				problem.set(new WorkflowException(ErrorCode.SCHEMA_INCOMPATIBLE,
						"Expected tables of compatibility 1, " + "but workflow_schema says 99. Run a newer build"));
				int before = attempts.get();
				Awaitility.await().until(() -> attempts.get() >= before + 2);

				assertThat(output).containsOnlyOnce(ALOUD);
				assertThat(output).containsOnlyOnce("ERROR")
					.contains("[SCHEMA_INCOMPATIBLE]: Expected tables of compatibility 1, but workflow_schema says 99. "
							+ "Run a newer build. Workflows wait");
				assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
				assertThat(detail(indicator.health(), "store")).contains("SCHEMA_INCOMPATIBLE", "says 99");
				assertThat(detail(indicator.health(), "engine")).isEqualTo("CONNECTING");

				problem.set(null);
				Awaitility.await().until(() -> indicator.health().getStatus().equals(Status.UP));
			});
	}

	private static String detail(Health health, String name) {
		return String.valueOf(health.getDetails().get(name));
	}

	/** Waits between attempts for a part of the time. */
	private static final class HurriedTicker implements Ticker, AutoCloseable {

		private final SystemTicker ticker = new SystemTicker();

		@Override
		public long nanos() {
			return ticker.nanos();
		}

		@Override
		public Scheduled schedule(Duration delay, Runnable task) {
			return ticker.schedule(delay.dividedBy(20), task);
		}

		@Override
		public void close() {
			ticker.close();
		}

	}

}
