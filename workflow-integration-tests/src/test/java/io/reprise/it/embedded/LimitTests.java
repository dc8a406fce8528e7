package io.reprise.it.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.ActivityFailure;
import io.reprise.ApplicationFailure;
import io.reprise.ErrorCode;
import io.reprise.Promise;
import io.reprise.StartOptions;
import io.reprise.Workflow;
import io.reprise.WorkflowException;
import io.reprise.WorkflowFailedException;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowStatus;
import io.reprise.Workflows;
import io.reprise.kernel.Limits;
import io.reprise.testkit.WorkflowTestEnvironment;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What happens at each limit, as docs/limits.md says it.
 */
class LimitTests {

	private static final int PAYLOAD = 1_000;

	private static final String LARGE = "x".repeat(PAYLOAD + 1);

	private static final Limits LIMITS = new Limits(PAYLOAD, 40, 50_000, 3, 3, 5, 1_000);

	private final Store store = new Store();

	private WorkflowTestEnvironment environment;

	@BeforeEach
	void start() {
		environment = WorkflowTestEnvironment.of(Greedy.class).activities(store).limits(LIMITS).start();
	}

	@AfterEach
	void stop() {
		environment.close();
	}

	@Test
	void shouldRefuseLargeArgumentsOfAStart() {
		assertRefused(ErrorCode.PAYLOAD_TOO_LARGE, () -> started(LARGE));
	}

	@Test
	void shouldRefuseALargeSignal() {
		WorkflowHandle<Greedy, String> handle = started("wait");

		assertRefused(ErrorCode.PAYLOAD_TOO_LARGE, () -> handle.signal(w -> w.note(LARGE)));
		handle.signal(w -> w.note("end"));

		assertThat(handle.result()).isEqualTo("[end]");
	}

	@Test
	void shouldRefuseALargeReason() {
		WorkflowHandle<Greedy, String> handle = started("wait");

		assertRefused(ErrorCode.PAYLOAD_TOO_LARGE, () -> handle.terminate(LARGE));

		assertThat(handle.describe().status()).isEqualTo(WorkflowStatus.RUNNING);
	}

	@Test
	void shouldFailTheCallForLargeArgumentsOfAnActivity() {
		assertThat(started("arguments").result()).isEqualTo("caught PayloadTooLarge");
	}

	@Test
	void shouldFailAnActivityWithALargeResultAtOnce() {
		assertThat(started("result-of-activity").result()).isEqualTo("caught PayloadTooLarge after 1");
	}

	@Test
	void shouldRefuseLargeDetailsOfAHeartbeat() {
		assertThat(started("heartbeat").result()).isEqualTo("refused");
	}

	@Test
	void shouldFailTheRunForALargeResult() {
		assertFailed("PayloadTooLarge", started("result"));
	}

	@Test
	void shouldFailTheRunForLargeDetailsOfItsFailure() {
		assertFailed("PayloadTooLarge", started("details"));
	}

	@Test
	void shouldStallTheRunForALargeSideEffect() {
		WorkflowHandle<Greedy, String> handle = started("side-effect");
		environment.time().advance(Duration.ofSeconds(1));

		assertThat(handle.describe().stall()).isNotNull();
		assertThat(handle.describe().stall().code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
		assertThat(handle.describe().status()).isEqualTo(WorkflowStatus.RUNNING);
	}

	@Test
	void shouldAnswerALargeQuery() {
		WorkflowHandle<Greedy, String> handle = started("wait");

		String answer = handle.query(w -> w.echo(LARGE));

		assertThat(answer).isEqualTo(LARGE);
	}

	@Test
	void shouldFailTheCallForOneActivityTooMany() {
		assertThat(started("activities").result()).isEqualTo("caught TooManyPending after 3");
	}

	@Test
	void shouldFailTheCallForOneTimerTooMany() {
		assertThat(started("timers").result()).isEqualTo("caught TooManyPending after 3");
	}

	@Test
	void shouldRefuseOneSignalTooMany() {
		WorkflowHandle<Greedy, String> handle = started("wait");
		for (int i = 0; i < LIMITS.signals(); i++) {
			handle.signal(w -> w.note("more"));
		}

		assertRefused(ErrorCode.TOO_MANY_SIGNALS, () -> handle.signal(w -> w.note("more")));
	}

	@Test
	void shouldFailTheRunWhoseTurnExceedsTheHistory() {
		WorkflowHandle<Greedy, String> handle = started("loop");

		assertFailed("HistoryTooLarge", handle);
		// The marker and the failure that end it come on top.
		assertThat(handle.describe().historyEvents()).isLessThanOrEqualTo(LIMITS.historyEvents() + 2);
	}

	@Test
	void shouldRefuseASignalToAFullHistory() {
		environment.close();
		environment = WorkflowTestEnvironment.of(Greedy.class)
			.activities(store)
			.limits(new Limits(PAYLOAD, 4, 50_000, 3, 3, 5, 1_000))
			.start();
		WorkflowHandle<Greedy, String> handle = started("wait");
		environment.time().settle();
		handle.signal(w -> w.note("more"));
		environment.time().settle();

		assertRefused(ErrorCode.HISTORY_TOO_LARGE, () -> handle.signal(w -> w.note("more")));
		handle.terminate("full");

		assertThat(handle.describe().status()).isEqualTo(WorkflowStatus.TERMINATED);
	}

	@Test
	void shouldRefuseALongId() {
		assertRefused(ErrorCode.INVALID_ARGUMENT, () -> environment.client()
			.start(Greedy.class, w -> w.run("wait"), StartOptions.withId("x".repeat(LIMITS.idLength() + 1))));
	}

	@Test
	void shouldRefuseALargePage() {
		assertRefused(ErrorCode.INVALID_ARGUMENT, () -> environment.client().list("", 1_001, null));
		assertRefused(ErrorCode.INVALID_ARGUMENT, () -> environment.client().list("", 0, null));
	}

	private WorkflowHandle<Greedy, String> started(String what) {
		return environment.client().start(Greedy.class, w -> w.run(what), StartOptions.defaults());
	}

	private static void assertRefused(ErrorCode code, ThrowingCallable call) {
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(call)
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(code));
	}

	private static void assertFailed(String type, WorkflowHandle<Greedy, String> handle) {
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(handle::result)
			.satisfies(ex -> assertThat(ex.status()).isEqualTo(WorkflowStatus.FAILED))
			.withCauseInstanceOf(ApplicationFailure.class)
			.satisfies(ex -> assertThat(((ApplicationFailure) ex.getCause()).type()).isEqualTo(type));
	}

	@Activity
	static class Store {

		public String keep(String value) {
			return value;
		}

		public String read() {
			return LARGE;
		}

		public String beat() {
			try {
				Activities.heartbeat(LARGE);
				return "taken";
			}
			catch (WorkflowException ex) {
				Activities.heartbeat();
				return (ex.code() == ErrorCode.PAYLOAD_TOO_LARGE) ? "refused" : ex.getMessage();
			}
		}

	}

	@Workflow
	static class Greedy {

		private final Store store;

		private final List<String> notes = new ArrayList<>();

		Greedy(Store store) {
			this.store = store;
		}

		@Workflow.Run
		public String run(String what) {
			return switch (what) {
				case "arguments" -> caught(() -> store.keep(LARGE));
				case "result-of-activity" -> caughtFailure();
				case "heartbeat" -> store.beat();
				case "result" -> LARGE;
				case "details" -> throw ApplicationFailure.retryable("Large", "too large").withDetails(LARGE);
				case "side-effect" -> Workflows.sideEffect(String.class, () -> LARGE);
				case "activities" -> asMany(() -> Workflows.async(() -> store.keep("a")));
				case "timers" -> asMany(() -> Workflows.timer(Duration.ofDays(1)));
				case "loop" -> loop();
				default -> waited();
			};
		}

		@Workflow.Query
		public String echo(String value) {
			return value;
		}

		@Workflow.Signal
		public void note(String note) {
			notes.add(note);
		}

		private String waited() {
			Workflows.await(() -> notes.contains("end"));
			return notes.toString();
		}

		private String loop() {
			while (true) {
				store.keep("once more");
			}
		}

		private String caughtFailure() {
			try {
				return store.read();
			}
			catch (ActivityFailure failure) {
				return "caught %s after %d".formatted(((ApplicationFailure) failure.getCause()).type(),
						failure.attempts());
			}
		}

		private static String caught(Runnable call) {
			try {
				call.run();
				return "not refused";
			}
			catch (ApplicationFailure failure) {
				return "caught " + failure.type();
			}
		}

		private static String asMany(Supplier<Promise<?>> call) {
			List<Promise<?>> promises = new ArrayList<>();
			try {
				for (int i = 0; i < 10; i++) {
					promises.add(call.get());
				}
				for (Promise<?> promise : promises) {
					promise.get();
				}
				return "not refused";
			}
			catch (ApplicationFailure failure) {
				return "caught " + failure.type() + " after " + LIMITS.pendingTimers();
			}
		}

	}

}
