package io.reprise.it.replicas;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.reprise.ActivitySettings;
import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.definition.ActivityBean;
import io.reprise.definition.ActivityOptionsResolver;
import io.reprise.definition.ActivityRegistry;
import io.reprise.definition.ActivityStubs;
import io.reprise.definition.WorkflowRegistry;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.replay.ReplayLimits;
import io.reprise.spi.PayloadConverter;
import io.reprise.testkit.VirtualClock;
import io.reprise.worker.RunSource;
import io.reprise.worker.Worker;
import io.reprise.worker.WorkerSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Which attempts a worker gives back.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WithdrawTests {

	private static final ExecutionKey RUN = new ExecutionKey("default", "order", "run-1");

	private final VirtualClock clock = new VirtualClock();

	private final Jobs.Shared shared = new Jobs.Shared();

	private final CompletableFuture<CommandResult> recorded = new CompletableFuture<>();

	private final CountDownLatch reported = new CountDownLatch(1);

	private final Worker worker = worker();

	@Test
	void shouldGiveBackAttemptsThatWaitAllOrNone() {
		shared.hold("first");
		dispatch(1, "first");
		awaitBegun("first");
		dispatch(2, "second");

		assertThat(worker.withdraw(RUN, Map.of(1, 1, 2, 1))).isFalse();
		assertThat(worker.withdraw(RUN, Map.of(2, 1))).isTrue();
		shared.release("first");
		recorded.complete(new CommandResult.Stale());
		Awaitility.await().until(worker::isIdle);

		assertThat(shared.begun()).hasSize(1);
	}

	@Test
	void shouldKeepAnAttemptUntilItsTimeOutIsRecordedThoughItsCodeHasEnded() throws Exception {
		shared.hold("slow");
		dispatch(1, "slow");
		awaitBegun("slow");
		clock.advance(ActivityPolicy.DEFAULT.startToClose());
		reported.await();
		shared.release("slow");

		Awaitility.await().during(Duration.ofMillis(100)).until(() -> !worker.withdraw(RUN, Map.of(1, 1)));
		recorded.complete(new CommandResult.Stale());

		Awaitility.await().untilAsserted(() -> assertThat(worker.withdraw(RUN, Map.of(1, 1))).isTrue());
	}

	private void awaitBegun(String job) {
		Awaitility.await().until(() -> shared.begun().contains(job + " #1 on a"));
	}

	private void dispatch(int id, String job) {
		worker.dispatch(new ActivityTask(RUN, "Errand", "default", id, "Jobs.perform",
				JacksonPayloadConverter.withDefaults().toArguments(job), ActivityPolicy.DEFAULT, 1, clock.instant(),
				null));
	}

	private CompletableFuture<CommandResult> take(Command outcome) {
		if (outcome instanceof Command.FailActivity) {
			reported.countDown();
		}
		return recorded;
	}

	private Worker worker() {
		PayloadConverter converter = JacksonPayloadConverter.withDefaults();
		Jobs jobs = new Jobs("a", shared);
		ActivityRegistry activities = ActivityRegistry.of(List.of(new ActivityBean("jobs", Jobs.class, () -> jobs)));
		Worker made = new Worker(
				new WorkerSettings("build", 1, 1, 1, 1, Duration.ofMinutes(1), Duration.ofSeconds(1),
						Duration.ofSeconds(1)),
				WorkflowRegistry.of(List.of(), new ActivityStubs(), converter), activities, converter,
				new ActivityOptionsResolver(activities, Map.of(), ActivitySettings.none()), ReplayLimits.DEFAULT, clock,
				clock, InstantSource.system());
		made.start(this::take, mock(RunSource.class));
		return made;
	}

}
