package io.reprise.it.faults;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.reprise.ErrorCode;
import io.reprise.RecordedFailure;
import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowDescription;
import io.reprise.WorkflowException;
import io.reprise.WorkflowFailedException;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What happens at each limit: the caller is refused, the activity fails, or the run
 * fails.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LimitsSuite {

	private static final int THREE_MEBIBYTES = 3 * 1024 * 1024;

	private ConfigurableApplicationContext context;

	private WorkflowClient client;

	abstract TestDatabase database();

	@BeforeAll
	void start() {
		context = FaultApplication.start(database().createUrl(getClass()),
				Map.of("workflow.limits.history-events", 59, "workflow.limits.pending-timers", 20,
						"workflow.limits.pending-activities", 10, "workflow.limits.signals", 5,
						"workflow.limits.payload", "2MB"));
		client = context.getBean(WorkflowClient.class);
	}

	@AfterAll
	void stop() {
		context.close();
	}

	private String run(String what, int amount) {
		return client.execute(Glutton.class, (w) -> w.run(what, amount), StartOptions.defaults());
	}

	private static boolean isCausedBy(Throwable failure, String type) {
		return ((RecordedFailure) failure.getCause()).isCausedBy(type);
	}

	private static ErrorCode code(Throwable failure) {
		return ((WorkflowException) failure).code();
	}

	@Test
	void shouldRefuseAnOversizeArgumentOfAStart() {
		String oversize = "x".repeat(THREE_MEBIBYTES);

		assertThatThrownBy(() -> client.start(Glutton.class, (w) -> w.run(oversize, 1), StartOptions.withId("fat")))
			.satisfies((ex) -> assertThat(code(ex)).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE));
		assertThat(client.list("workflowId = 'fat'").workflows()).isEmpty();
	}

	@Test
	void shouldRefuseAnOversizeSignal() {
		WorkflowRef run = client.start("Staircase", StartOptions.defaults(), "closed", 1_000_000);
		assertThatThrownBy(() -> run.signal("gate", "x".repeat(THREE_MEBIBYTES)))
			.satisfies((ex) -> assertThat(code(ex)).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE));
		run.terminate("done");
	}

	@Test
	void shouldFailTheCallOfAnActivityWithAnOversizeArgument() {
		assertThat(run("argument", THREE_MEBIBYTES)).isEqualTo("refused: PayloadTooLarge");
	}

	@Test
	void shouldFailAnActivityWithAnOversizeResult() {
		assertThat(run("activity-result", THREE_MEBIBYTES)).isEqualTo("failed: PayloadTooLarge");
	}

	@Test
	void shouldFailARunWithAnOversizeResult() {
		assertThatThrownBy(() -> run("result", THREE_MEBIBYTES)).isInstanceOf(WorkflowFailedException.class)
			.satisfies((ex) -> assertThat(isCausedBy(ex, "PayloadTooLarge")).isTrue());
	}

	@Test
	void shouldRefuseOneTimerTooMany() {
		assertThat(run("timers", 30)).isEqualTo("refused: TooManyPending after 20");
	}

	@Test
	void shouldRefuseOneActivityTooMany() {
		assertThat(run("activities", 10)).isEqualTo("all of 10");
		assertThat(run("activities", 11)).isEqualTo("refused: TooManyPending");
	}

	@Test
	void shouldRefuseOversizeDetailsOfAHeartbeat() {
		assertThat(run("heartbeat", THREE_MEBIBYTES)).isEqualTo("refused: PAYLOAD_TOO_LARGE");
	}

	@Test
	void shouldFailARunWithOversizeDetailsOfItsFailure() {
		assertThatThrownBy(() -> run("details", THREE_MEBIBYTES)).isInstanceOf(WorkflowFailedException.class)
			.satisfies((ex) -> assertThat(isCausedBy(ex, "PayloadTooLarge")).isTrue());
	}

	@Test
	void shouldStallARunWithAnOversizeSideEffect() {
		WorkflowHandle<Glutton, String> handle = client.start(Glutton.class,
				(w) -> w.run("side-effect", THREE_MEBIBYTES), StartOptions.defaults());
		Awaitility.await().until(() -> handle.describe().stall() != null);
		assertThat(handle.describe().stall().code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
		handle.terminate("seen");
	}

	@Test
	void shouldRefuseASignalToAFullHistoryButEndIt() {
		WorkflowHandle<Glutton, String> handle = client.start(Glutton.class, (w) -> w.run("full", 19),
				StartOptions.defaults());
		Awaitility.await().until(() -> handle.describe().historyEvents() == 59);
		assertThatThrownBy(() -> handle.signal((w) -> w.note("one more")))
			.satisfies((ex) -> assertThat(code(ex)).isEqualTo(ErrorCode.HISTORY_TOO_LARGE));
		assertThat(handle.describe().status()).isEqualTo(WorkflowStatus.RUNNING);
		handle.cancel();
		assertThatThrownBy(handle::result).isInstanceOfSatisfying(WorkflowFailedException.class,
				(ex) -> assertThat(ex.status()).isEqualTo(WorkflowStatus.CANCELED));
	}

	@Test
	void shouldRefuseAnOversizeReasonButAnswerAnOversizeQuery() {
		String oversize = "x".repeat(THREE_MEBIBYTES);
		WorkflowHandle<Glutton, String> handle = client.start(Glutton.class, (w) -> w.run("full", 1),
				StartOptions.defaults());
		assertThatThrownBy(() -> handle.terminate(oversize))
			.satisfies((ex) -> assertThat(code(ex)).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE));
		String echo = handle.query((w) -> w.echo(oversize));
		assertThat(echo).isEqualTo(oversize);
		handle.terminate("seen");
	}

	@Test
	void shouldFailARunWhoseHistoryIsFull() {
		assertThatThrownBy(() -> run("history", 60)).isInstanceOf(WorkflowFailedException.class)
			.satisfies((ex) -> assertThat(isCausedBy(ex, "HistoryTooLarge")).isTrue());
	}

	@Test
	void shouldRefuseOneSignalTooMany() {
		WorkflowHandle<Staircase, Integer> run = client.start(Staircase.class, (w) -> w.run("signals", 3),
				StartOptions.defaults());
		run.signal((w) -> w.gate(false));
		for (int i = 0; i < 4; i++) {
			run.signal((w) -> w.gate(false));
		}
		assertThatThrownBy(() -> run.signal((w) -> w.gate(true)))
			.satisfies((ex) -> assertThat(code(ex)).isEqualTo(ErrorCode.TOO_MANY_SIGNALS));
		run.terminate("done");
	}

	@Test
	void shouldRefuseAnIdThatIsTooLong() {
		assertThatThrownBy(
				() -> client.start(Glutton.class, (w) -> w.run("result", 1), StartOptions.withId("x".repeat(1_001))))
			.satisfies((ex) -> assertThat(code(ex)).isEqualTo(ErrorCode.INVALID_ARGUMENT));
	}

	@Test
	void shouldStallARunThatWaitsForAForeignLockAndHealItWhenTheLockIsFree() {
		AtomicReference<WorkflowHandle<Glutton, String>> started = new AtomicReference<>();
		Glutton.FOREIGN_LOCK.lock();
		try {
			WorkflowHandle<Glutton, String> handle = client.start(Glutton.class, (w) -> w.run("lock", 0),
					StartOptions.defaults());
			started.set(handle);
			Awaitility.await().until(() -> handle.describe().stall() != null);
			WorkflowDescription.Stall stall = handle.describe().stall();
			assertThat(stall.code()).isEqualTo(ErrorCode.DEADLOCK);
			assertThat(stall.message()).contains("Glutton.java").contains("ReentrantLock");
			assertThat(handle.describe().status()).isEqualTo(WorkflowStatus.RUNNING);
		}
		finally {
			Glutton.FOREIGN_LOCK.unlock();
		}
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> started.get().describe().stall() == null);
		assertThat(started.get().result()).isEqualTo("locked");
	}

}
