package io.reprise.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.TimeoutType;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Command;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What attempts leave behind: for the next attempt, and for the workflow.
 */
class AttemptTests {

	@Test
	void shouldGiveTheNextAttemptTheLastHeartbeat() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		driver.heartbeat(1, 1, "10");
		driver.send(new Command.FailActivity(RunDriver.KEY, 1, 1, RunDriver.BOOM, Payload.json("20")));
		driver.after(Duration.ofSeconds(1)).fireDue();

		ActivityTask task = Kernel.activityTask(driver.run, 1);

		assertThat(task).isEqualTo(new ActivityTask(RunDriver.KEY, "ProcessOrder", "default", 1, "Payments.charge",
				Payload.NO_ARGUMENTS, ActivityPolicy.DEFAULT, 2, RunDriver.T0, Payload.json("20")));
	}

	@Test
	void shouldKeepTheHeartbeatOfAnAttemptThatFailedSilently() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		driver.heartbeat(1, 1, "10");
		driver.fail(1, 1, RunDriver.BOOM);
		driver.after(Duration.ofSeconds(1)).fireDue();
		driver.adopt(true);

		assertThat(driver.attempt(1).lastHeartbeat()).isEqualTo(Payload.json("10"));
		assertThat(driver.attempt(1).lastFailure()).isInstanceOf(Failure.WorkerLost.class);
	}

	@Test
	void shouldRetryAtOnceWhenAskedTo() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));

		driver.fail(1, 1, new Failure.Application("Busy", null, null, false, Duration.ZERO, null, null));

		assertThat(driver.effects).containsExactly(new Effect.DispatchActivity(1, 2));
		assertThat(driver.attempt(1).isDispatched()).isTrue();
	}

	@Test
	void shouldFailAfterTheLastAttemptWithWhatThatFailedWith() {
		ActivityPolicy policy = RunDriver.policy().attempts(2).build();
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1, policy));
		driver.fail(1, 1, RunDriver.BOOM);
		driver.after(Duration.ofSeconds(1)).fireDue();
		Failure last = new Failure.Application("Last", "again", null, false, null, null, null);
		driver.fail(1, 2, last);

		assertThat(driver.events).containsExactly(new HistoryEvent.ActivityFailed(1, 2, last));
		assertThat(driver.run.overlay()).isEqualTo(RunOverlay.EMPTY);
	}

	@Test
	void shouldTimeOutWithWhatTheAttemptBeforeFailedWith() {
		ActivityPolicy policy = RunDriver.policy().scheduleToClose(Duration.ofSeconds(30)).build();
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1, policy));
		driver.heartbeat(1, 1, "5");
		driver.fail(1, 1, RunDriver.BOOM);
		driver.after(Duration.ofSeconds(30)).fireDue();

		assertThat(driver.events).containsExactly(new HistoryEvent.ActivityTimedOut(1, 2,
				new Failure.Timeout(TimeoutType.SCHEDULE_TO_CLOSE,
						"Activity Payments.charge was not done within its schedule-to-close time-out of PT30S",
						Payload.json("5"), RunDriver.BOOM)));
	}

	@Test
	void shouldTimeOutForGoodWhenTheLastAttemptTakesTooLong() {
		ActivityPolicy policy = RunDriver.policy().attempts(1).build();
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1, policy));
		Failure.Timeout timeout = new Failure.Timeout(TimeoutType.START_TO_CLOSE, "Too slow", null, null);
		driver.fail(1, 1, timeout);

		assertThat(driver.events).containsExactly(new HistoryEvent.ActivityTimedOut(1, 1, timeout));
		assertThat(driver.effects).noneMatch(Effect.CancelActivity.class::isInstance);
	}

	@Test
	void shouldNotChainFailuresFromAttemptToAttempt() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		for (int attempt = 1; attempt < 50; attempt++) {
			driver.fail(1, attempt, new Failure.Timeout(TimeoutType.HEARTBEAT, "Silent", null, null));
			driver.after(Duration.ofMinutes(2)).fireDue();
		}

		Failure failure = driver.attempt(1).lastFailure();
		assertThat(failure).isNotNull();
		assertThat(failure.cause()).isNull();
	}

	@Test
	void shouldTimeOutAnAttemptThatNoWorkerBegan() {
		ActivityPolicy policy = RunDriver.policy().scheduleToStart(Duration.ofSeconds(5)).build();
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1, policy), RunDriver.schedule(2, policy));
		driver.startAttempt(2, 1);

		assertThat(Kernel.nextDue(driver.run)).isEqualTo(RunDriver.T0.plusSeconds(5));
		driver.after(Duration.ofSeconds(5)).fireDue();

		assertThat(driver.events).singleElement().isInstanceOfSatisfying(HistoryEvent.ActivityTimedOut.class, event -> {
			assertThat(event.activityId()).isEqualTo(1);
			assertThat(event.failure().timeoutType()).isEqualTo(TimeoutType.SCHEDULE_TO_START);
		});
		assertThat(Kernel.nextDue(driver.run)).isNull();
	}

	@Test
	void shouldCountTheWaitForAWorkerAnewAfterAHandOver() {
		ActivityPolicy policy = RunDriver.policy().scheduleToStart(Duration.ofSeconds(5)).build();
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1, policy));
		driver.startAttempt(1, 1);
		driver.after(Duration.ofMinutes(5)).adopt(false);

		assertThat(Kernel.effectsOf(driver.run)).containsExactly(new Effect.DispatchActivity(1, 1),
				new Effect.WakeAt(driver.now.plusSeconds(5)));
		assertThat(driver.fireDue()).isEqualTo(new Decision.Stale(false));
	}

	@Test
	void shouldFailAnActivityWhoseResultIsTooLarge() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		driver.limits = new Limits(100, 1000, 1_000_000, 10, 10, 10, 100);
		driver.send(new Command.CompleteActivity(RunDriver.KEY, 1, 1, new Payload("bin", new byte[101])));

		assertThat(driver.events).containsExactly(new HistoryEvent.ActivityFailed(1, 1,
				new Failure.Application("PayloadTooLarge",
						"Expected an activity result of at most 100 bytes, but there are 101; pass a reference to large"
								+ " data instead",
						null, true, null, null, null)));
	}

	@Test
	void shouldRefuseAHeartbeatThatIsTooLarge() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		driver.limits = new Limits(3, 1000, 1_000_000, 10, 10, 10, 100);
		driver.heartbeat(1, 1, "1");

		assertThat(driver.heartbeat(1, 1, "1000")).isInstanceOfSatisfying(Decision.Rejected.class,
				rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE));
		driver.send(new Command.FailActivity(RunDriver.KEY, 1, 1, RunDriver.BOOM, Payload.json("1000")));
		assertThat(driver.attempt(1).lastHeartbeat()).isEqualTo(Payload.json("1"));
	}

	@Test
	void shouldFireEverythingDueInOneGo() {
		ActivityPolicy policy = RunDriver.policy().scheduleToClose(Duration.ofSeconds(3)).build();
		RunDriver driver = RunDriver.afterTurn(RunDriver.timer(1, Duration.ofSeconds(3)),
				RunDriver.timer(2, Duration.ofSeconds(1)), RunDriver.timer(3, Duration.ofSeconds(1)),
				RunDriver.schedule(4, policy), RunDriver.schedule(5), RunDriver.timer(6, Duration.ofHours(1)));
		driver.fail(5, 1, RunDriver.BOOM);
		driver.at(RunDriver.T0.plusSeconds(3)).fireDue();

		assertThat(driver.events.subList(0, 3)).isEqualTo(List.of(new HistoryEvent.TimerFired(2),
				new HistoryEvent.TimerFired(3), new HistoryEvent.TimerFired(1)));
		assertThat(driver.events.get(3)).isInstanceOf(HistoryEvent.ActivityTimedOut.class);
		assertThat(driver.effects).contains(new Effect.DispatchActivity(5, 2),
				new Effect.WakeAt(RunDriver.T0.plusSeconds(3600)));
		assertThat(driver.effects).filteredOn(Effect.DispatchTask.class::isInstance).hasSize(1);
	}

	@Test
	void shouldCountATimerFromItsDecisionAndRoundItsDueTimeUp() {
		RunDriver driver = RunDriver.started();
		Instant taskTime = driver.now;
		driver.after(Duration.ofSeconds(3));
		driver.send(new Command.CompleteTask(RunDriver.KEY, driver.token(), taskTime, "build-1",
				List.of(new TurnCommand.StartTimer(1, Duration.ofNanos(5_000_000_001L))), List.of()));

		assertThat(Kernel.nextDue(driver.run)).isEqualTo(taskTime.plusSeconds(8).plusNanos(1_000));
	}

	@Test
	void shouldNotOverflowFarTimes() {
		ActivityPolicy policy = RunDriver.policy().scheduleToClose(Duration.ofSeconds(Long.MAX_VALUE)).build();
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1, policy),
				new TurnCommand.StartTimer(2, Duration.ofSeconds(Long.MAX_VALUE)));

		assertThat(Kernel.nextDue(driver.run)).isEqualTo(Instant.parse("9999-12-31T00:00:00Z"));
		driver.fail(1, 1,
				new Failure.Application("Busy", null, null, false, Duration.ofSeconds(Long.MAX_VALUE), null, null));
		assertThat(driver.state().activities()).isEmpty();
	}

	@Test
	void shouldDoubleTheTimeBetweenTriesOfAStalledTurn() {
		RunDriver driver = RunDriver.started();
		long[] expected = { 10, 20, 40, 80, 160, 320, 600, 600 };
		for (int i = 0; i < expected.length; i++) {
			driver.stall(driver.token());
			RunOverlay.Stall stall = driver.run.overlay().stall();
			assertThat(stall).isNotNull();
			assertThat(stall.attempts()).isEqualTo(i + 1);
			assertThat(stall.since()).isEqualTo(RunDriver.T0);
			assertThat(stall.nextDue()).isEqualTo(driver.now.plusSeconds(expected[i]));
			driver.after(Duration.ofSeconds(expected[i])).fireDue();
		}
	}

	@Test
	void shouldKeepThePartOfABugsMessageThatIsOfUse() {
		RunDriver driver = RunDriver.started();
		driver.send(new Command.StallTask(RunDriver.KEY, driver.token(), ErrorCode.DEADLOCK, "x".repeat(20_000),
				"build-1", false));

		RunOverlay.Stall stall = driver.run.overlay().stall();
		assertThat(stall).isNotNull();
		assertThat(stall.message()).hasSize(8_000).endsWith("x…");
	}

}
