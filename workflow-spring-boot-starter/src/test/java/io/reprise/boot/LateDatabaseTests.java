package io.reprise.boot;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.reprise.engine.EngineHealth.State;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.StoreException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

/** The database comes just when the application stops. */
class LateDatabaseTests {

	private final HistoryStore store = mock(HistoryStore.class);

	private final NodeRegistry registry = mock(NodeRegistry.class);

	private final CountDownLatch reached = new CountDownLatch(1);

	private final CountDownLatch answered = new CountDownLatch(1);

	@Test
	void shouldNotRunAfterTheApplicationHasStopped() {
		List<Runnable> opening = new CopyOnWriteArrayList<>(List.of(() -> {
			throw new StoreException(StoreException.Outcome.NOTHING_WRITTEN, "Not there yet", null);
		}, this::answerLate));
		willAnswer((call) -> {
			opening.removeFirst().run();
			return null;
		}).given(store).open();
		given(store.now()).willReturn(Instant.EPOCH);

		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(WorkflowAutoConfiguration.class))
			.withBean(HistoryStore.class, () -> store)
			.withBean(NodeRegistry.class, () -> registry)
			.run((context) -> {
				assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
				WorkflowRuntime runtime = context.getBean(WorkflowRuntime.class);
				context.close();
				answered.countDown();

				Awaitility.await().untilAsserted(() -> then(registry).should().leave(anyString(), anyBoolean()));
				assertThat(runtime.engine().health().state()).isEqualTo(State.STOPPED);
			});
	}

	private void answerLate() {
		reached.countDown();
		try {
			answered.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
