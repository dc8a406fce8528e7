package io.reprise.kernel;

import java.time.Duration;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.WorkflowStatus;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.Command;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Turns that go over a limit or break a rule.
 */
class TurnLimitTests {

	private static final Limits SMALL = new Limits(100, 20, 10_000, 3, 2, 5, 50);

	private static final Payload LARGE = new Payload("bin", new byte[101]);

	static List<TurnCommand> tooLarge() {
		return List.of(new TurnCommand.ScheduleActivity(2, "A.b", LARGE, ActivityPolicy.DEFAULT),
				new TurnCommand.RecordSideEffect(LARGE), new TurnCommand.CompleteWorkflow(LARGE));
	}

	@ParameterizedTest
	@MethodSource("tooLarge")
	void shouldFailTheRunWhenItsPayloadIsTooLarge(TurnCommand command) {
		RunDriver driver = small();
		driver.turn(RunDriver.schedule(1), command);

		assertThat(driver.events).hasSize(3);
		assertThat(marker(driver).commandCount()).isEqualTo(2);
		assertThat(driver.events.get(1)).isInstanceOf(HistoryEvent.ActivityScheduled.class);
		assertFailed(driver, "PayloadTooLarge", "of at most 100 bytes, but there are 101");
	}

	@Test
	void shouldDropWhatComesAfterTheCommandThatFailedTheRun() {
		RunDriver driver = small();
		driver.turn(new TurnCommand.RecordSideEffect(LARGE), RunDriver.schedule(1), RunDriver.returns());

		assertThat(driver.events).hasSize(2);
		assertThat(marker(driver).commandCount()).isEqualTo(1);
	}

	@Test
	void shouldFailTheRunWhenTooManyActivitiesArePending() {
		RunDriver driver = small();
		driver.turn(RunDriver.schedule(1), RunDriver.schedule(2), RunDriver.schedule(3));
		assertThat(driver.state().isClosed()).isFalse();
		driver.signal("go-on");

		driver.turn(new TurnCommand.RequestCancelActivity(2), RunDriver.schedule(4), RunDriver.schedule(5));

		assertFailed(driver, "TooManyPending",
				"Expected at most 3 pending activities, but the workflow asked for more; wait for some of them first");
		assertThat(driver.effects).containsExactly(new Effect.CancelActivity(1), new Effect.CancelActivity(2),
				new Effect.CancelActivity(3), new Effect.AnnounceClosed());
	}

	@Test
	void shouldFailTheRunWhenTooManyTimersArePending() {
		RunDriver driver = small();
		driver.turn(RunDriver.timer(1, Duration.ofDays(1)), new TurnCommand.CancelTimer(1),
				RunDriver.timer(2, Duration.ofDays(1)), RunDriver.timer(3, Duration.ofDays(1)),
				RunDriver.timer(4, Duration.ofDays(1)));

		assertThat(marker(driver).commandCount()).isEqualTo(5);
		assertFailed(driver, "TooManyPending", "at most 2 pending timers");
	}

	@Test
	void shouldFailTheRunWhenItsHistoryHasTooManyEvents() {
		RunDriver driver = small();
		TurnCommand[] patches = new TurnCommand[19];
		for (int i = 0; i < patches.length; i++) {
			patches[i] = new TurnCommand.RecordPatch("patch-" + i);
		}
		driver.turn(patches);

		assertThat(driver.events).hasSize(2);
		assertThat(marker(driver).commandCount()).isEqualTo(1);
		assertFailed(driver, "HistoryTooLarge", "Expected a history of at most 20 events and 10000 bytes");
	}

	@Test
	void shouldFillAHistoryToTheLastEvent() {
		RunDriver driver = small();
		TurnCommand[] patches = new TurnCommand[18];
		for (int i = 0; i < patches.length; i++) {
			patches[i] = new TurnCommand.RecordPatch("patch-" + i);
		}
		driver.turn(patches);

		assertThat(driver.history).hasSize(20);
		assertThat(driver.state().isClosed()).isFalse();
	}

	@Test
	void shouldFailTheRunWhenItsHistoryTakesTooManyBytes() {
		RunDriver driver = small();
		driver.historyBytes = 9_700;
		driver.turn(new TurnCommand.RecordSideEffect(new Payload("bin", new byte[99])));

		assertFailed(driver, "HistoryTooLarge", "do less in one run");
	}

	@Test
	void shouldLetARunCompleteAlthoughItsHistoryIsFull() {
		RunDriver driver = small();
		driver.historyBytes = 20_000;
		driver.turn(new TurnCommand.CompleteWorkflow(Payload.json("42")));

		assertThat(driver.state().status()).isEqualTo(WorkflowStatus.COMPLETED);
	}

	@Test
	void shouldTakeResultsAndTimersAlthoughTheHistoryIsFull() {
		RunDriver driver = small();
		driver.turn(RunDriver.schedule(1), RunDriver.timer(2, Duration.ofSeconds(1)));
		driver.historyBytes = 20_000;

		assertThat(driver.complete(1, 1)).isInstanceOf(Decision.Accepted.class);
		assertThat(driver.after(Duration.ofSeconds(1)).fireDue()).isInstanceOf(Decision.Accepted.class);
		assertThat(driver.cancel("cancel")).isInstanceOf(Decision.Accepted.class);
		assertThat(driver.signal("signal")).isInstanceOfSatisfying(Decision.Rejected.class,
				rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.HISTORY_TOO_LARGE));
		assertThat(driver.terminate()).isInstanceOf(Decision.Accepted.class);
	}

	@Test
	void shouldRefuseASignalOnceTheHistoryHasAllItsEvents() {
		RunDriver driver = small();
		driver.limits = new Limits(100, 2, 10_000, 3, 2, 5, 50);

		assertThat(driver.signal("signal-1")).isInstanceOf(Decision.Accepted.class);
		assertThat(driver.signal("signal-2")).isEqualTo(new Decision.Rejected(ErrorCode.HISTORY_TOO_LARGE,
				"Expected a history below 2 events and 10000 bytes, but that of workflow order-1 (run run-1) has 2"
						+ " events and 0 bytes; let it end and go on in a new workflow"));
	}

	@Test
	void shouldRefuseASignalTooMany() {
		RunDriver driver = small();
		for (int i = 0; i < 5; i++) {
			assertThat(driver.signal("signal-" + i)).isInstanceOf(Decision.Accepted.class);
		}

		assertThat(driver.signal("signal-4")).isEqualTo(new Decision.Duplicate());
		assertThat(driver.signal("signal-5")).isEqualTo(new Decision.Rejected(ErrorCode.TOO_MANY_SIGNALS,
				"Expected at most 5 signals, but workflow order-1 (run run-1) has received that many; send one signal"
						+ " for several facts"));
	}

	@Test
	void shouldRefuseASignalThatIsTooLarge() {
		RunDriver driver = small();

		assertThat(driver.send(new Command.SignalWorkflow(RunDriver.KEY, "hold", LARGE, "signal-1")))
			.isEqualTo(new Decision.Rejected(ErrorCode.PAYLOAD_TOO_LARGE,
					"Expected signal arguments of at most 100 bytes, but there are 101; pass a reference to large data"
							+ " instead"));
	}

	static List<List<TurnCommand>> ruleBreakers() {
		return List.of(List.of(RunDriver.returns(), RunDriver.schedule(1)),
				List.of(RunDriver.returns(), RunDriver.returns()),
				List.of(RunDriver.schedule(1), RunDriver.schedule(1)),
				List.of(RunDriver.schedule(1), RunDriver.timer(1, Duration.ofSeconds(1))),
				List.of(RunDriver.schedule(1), new TurnCommand.RequestCancelActivity(1), RunDriver.schedule(1)),
				List.of(new TurnCommand.SkipInput(7, "Not there")));
	}

	@ParameterizedTest
	@MethodSource("ruleBreakers")
	void shouldRefuseATurnThatBreaksARule(List<TurnCommand> commands) {
		RunDriver driver = RunDriver.started();
		Run before = driver.run;

		Decision decision = driver.turn(commands.toArray(TurnCommand[]::new));

		assertThat(decision).isInstanceOfSatisfying(Decision.Rejected.class, rejected -> {
			assertThat(rejected.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
			assertThat(rejected.message()).startsWith("Expected ").endsWith("; report this as a bug");
		});
		assertThat(driver.run).isSameAs(before);
	}

	@Test
	void shouldSayWhichCommandBreaksWhichRule() {
		RunDriver driver = RunDriver.started();

		assertThat(driver.turn(RunDriver.schedule(1), RunDriver.returns(), new TurnCommand.RecordPatch("mail")))
			.isEqualTo(new Decision.Rejected(ErrorCode.INVALID_ARGUMENT,
					"Expected the closing command to be the last, but command 2 of 3 in a turn of workflow order-1 (run"
							+ " run-1) is a CompleteWorkflow; report this as a bug"));
	}

	private static RunDriver small() {
		RunDriver driver = RunDriver.started();
		driver.limits = SMALL;
		return driver;
	}

	private static HistoryEvent.WorkflowTaskCompleted marker(RunDriver driver) {
		return (HistoryEvent.WorkflowTaskCompleted) driver.events.getFirst();
	}

	private static void assertFailed(RunDriver driver, String type, String message) {
		assertThat(driver.state().status()).isEqualTo(WorkflowStatus.FAILED);
		assertThat(driver.events.getLast()).isInstanceOfSatisfying(HistoryEvent.WorkflowFailed.class,
				failed -> assertThat(failed.failure()).isInstanceOfSatisfying(Failure.Application.class, failure -> {
					assertThat(failure.type()).isEqualTo(type);
					assertThat(failure.nonRetryable()).isTrue();
					assertThat(failure.message()).contains(message);
				}));
	}

}
