package io.reprise.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.Command;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RaceOutcome;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who wins when two things happen at once.
 */
class RaceRuleTests {

	private static final Decision STALE = new Decision.Stale(false);

	private static final Decision STALE_AGAIN = new Decision.Stale(true);

	@Test
	void shouldKeepInputsThatArriveDuringATurnForTheNextTurn() {
		RunDriver driver = RunDriver.started();
		TaskToken token = driver.token();
		driver.signal("late");

		assertThat(driver.effects).isEmpty();
		driver.turn(token);

		assertThat(driver.events)
			.containsExactly(new HistoryEvent.WorkflowTaskCompleted(1, RunDriver.T0, 0, "build-1", List.of()));
		assertThat(driver.state().seenUpTo()).isEqualTo(1);
		assertThat(driver.state().unseen()).extracting(RecordedEvent::id).containsExactly(2L);
		assertThat(driver.effects).containsExactly(new Effect.DispatchTask(new TaskToken(3, 2)));
		assertThat(Kernel.workflowTask(driver.run, driver.now).inputs()).extracting(RecordedEvent::id)
			.containsExactly(2L);
	}

	@Test
	void shouldCountACompletionOnlyWhileItsMarkerIsTheLast() {
		RunDriver driver = RunDriver.started();
		TaskToken token = driver.token();
		driver.turn(token, RunDriver.schedule(1));

		assertThat(driver.turn(token, RunDriver.schedule(1))).isEqualTo(STALE);
		assertThat(driver.stall(token)).isEqualTo(STALE);
		assertThat(driver.run.overlay().stall()).isNull();
	}

	@Test
	void shouldHaveATurnMadeAgainThatSawWhatIsNotInTheHistory() {
		RunDriver driver = RunDriver.started();

		assertThat(driver.turn(new TaskToken(0, 2), RunDriver.returns())).isEqualTo(STALE_AGAIN);
		assertThat(driver.turn(new TaskToken(0, Long.MAX_VALUE))).isEqualTo(STALE_AGAIN);
		assertThat(driver.turn(new TaskToken(0, -1))).isEqualTo(STALE_AGAIN);
	}

	@Test
	void shouldHaveATurnThatClosesMadeAgainIfItHasNotSeenASignal() {
		RunDriver driver = RunDriver.started();
		TaskToken token = driver.token();
		driver.signal("late");

		assertThat(driver.turn(token, RunDriver.returns())).isEqualTo(STALE_AGAIN);
		assertThat(driver.turn(token, new TurnCommand.FailWorkflow(RunDriver.BOOM))).isEqualTo(STALE_AGAIN);
		assertThat(driver.turn(token, new TurnCommand.CancelWorkflow(null))).isEqualTo(STALE_AGAIN);

		assertThat(driver.turn(driver.token(), RunDriver.returns())).isInstanceOf(Decision.Accepted.class);
	}

	@Test
	void shouldHaveATurnThatClosesMadeAgainIfItHasNotSeenACancelRequest() {
		RunDriver driver = RunDriver.started();
		TaskToken token = driver.token();
		driver.cancel("late");

		assertThat(driver.turn(token, RunDriver.returns())).isEqualTo(STALE_AGAIN);
	}

	@Test
	void shouldLetATurnCloseThatHasNotSeenAResolution() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		driver.signal("done");
		TaskToken token = driver.token();
		driver.complete(1, 1);

		assertThat(driver.turn(token, RunDriver.returns())).isInstanceOf(Decision.Accepted.class);
		assertThat(driver.state().isClosed()).isTrue();
		assertThat(driver.state().unseen()).isEmpty();
	}

	@Test
	void shouldTerminateARunWhateverItHasNotSeen() {
		RunDriver driver = RunDriver.started();
		driver.signal("late");

		assertThat(driver.terminate()).isInstanceOf(Decision.Accepted.class);
		assertThat(driver.events).containsExactly(new HistoryEvent.WorkflowTerminated("stuck"));
	}

	@Test
	void shouldRecordThatATimerFiredBeforeItWasWithdrawn() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.timer(1, Duration.ofSeconds(5)));
		driver.signal("withdraw");
		TaskToken token = driver.token();
		driver.after(Duration.ofSeconds(5)).fireDue();

		driver.turn(token, new TurnCommand.CancelTimer(1));

		assertThat(driver.events.getLast()).isEqualTo(new HistoryEvent.TimerCanceled(1, RaceOutcome.LOST_RACE));
		assertThat(driver.state().unseen()).extracting(RecordedEvent::event)
			.containsExactly(new HistoryEvent.TimerFired(1));
	}

	@Test
	void shouldRecordThatAnActivityWasDoneBeforeItWasCancelled() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		driver.signal("give-up");
		TaskToken token = driver.token();
		driver.complete(1, 1);

		driver.turn(token, new TurnCommand.RequestCancelActivity(1));

		assertThat(driver.events.getLast())
			.isEqualTo(new HistoryEvent.ActivityCancelRequested(1, RaceOutcome.LOST_RACE));
		assertThat(driver.effects).doesNotContain(new Effect.CancelActivity(1));
	}

	@Test
	void shouldIgnoreAResultThatArrivesAfterTheActivityWasCancelled() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		driver.signal("give-up");
		driver.turn(new TurnCommand.RequestCancelActivity(1));

		assertThat(driver.effects).containsExactly(new Effect.CancelActivity(1));
		assertThat(driver.complete(1, 1)).isEqualTo(STALE);
		assertThat(driver.fail(1, 1, RunDriver.BOOM)).isEqualTo(STALE);
		assertThat(driver.heartbeat(1, 1, "1")).isEqualTo(STALE);
	}

	@Test
	void shouldTakeTheFirstOfTwoResultsOnly() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));

		assertThat(driver.complete(1, 1)).isInstanceOf(Decision.Accepted.class);
		assertThat(driver.complete(1, 1)).isEqualTo(STALE);
		assertThat(driver.fail(1, 1, RunDriver.FATAL)).isEqualTo(STALE);
	}

	@Test
	void shouldIgnoreAResultOfAnAttemptThatWasGivenUp() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		driver.adopt(true);

		assertThat(driver.attempt(1).attempt()).isEqualTo(2);
		assertThat(driver.complete(1, 1)).isEqualTo(STALE);
		assertThat(driver.complete(1, 2)).isInstanceOf(Decision.Accepted.class);
	}

	@Test
	void shouldTakeAResultOfAnAttemptThatWasHandedOver() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		driver.adopt(false);

		assertThat(driver.complete(1, 1)).isInstanceOf(Decision.Accepted.class);
	}

	@Test
	void shouldNotAskForAnActivityThatItsOwnTurnGaveUp() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1), new TurnCommand.RequestCancelActivity(1),
				RunDriver.timer(2, Duration.ofSeconds(1)), new TurnCommand.CancelTimer(2),
				new TurnCommand.CancelTimer(2));

		assertThat(driver.events).hasSize(6);
		assertThat(driver.events.get(2)).isEqualTo(new HistoryEvent.ActivityCancelRequested(1, RaceOutcome.APPLIED));
		assertThat(driver.events.get(4)).isEqualTo(new HistoryEvent.TimerCanceled(2, RaceOutcome.APPLIED));
		assertThat(driver.events.get(5)).isEqualTo(new HistoryEvent.TimerCanceled(2, RaceOutcome.LOST_RACE));
		assertThat(driver.effects).isEmpty();
		assertThat(driver.run.hasOutstandingWork()).isFalse();
	}

	@Test
	void shouldNeverLetTheTimeOfATurnGoBack() {
		RunDriver driver = RunDriver.started().after(Duration.ofSeconds(30));
		driver.turn();
		driver.signal("go-on");
		driver.at(RunDriver.T0);
		Instant time = Kernel.workflowTask(driver.run, driver.now).time();
		driver.turn();

		assertThat(time).isEqualTo(RunDriver.T0.plusSeconds(30));
		assertThat(driver.state().markerTime()).isEqualTo(RunDriver.T0.plusSeconds(30));
	}

	@Test
	void shouldSpendTheOnlyAttemptWithItsWorker() {
		ActivityPolicy atMostOnce = RunDriver.policy().attempts(1).build();
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1, atMostOnce));

		driver.adopt(true);

		assertThat(driver.events).hasSize(1);
		assertThat(driver.events.getFirst()).isInstanceOfSatisfying(HistoryEvent.ActivityFailed.class, event -> {
			assertThat(event.attempt()).isEqualTo(1);
			assertThat(event.failure()).isInstanceOf(Failure.WorkerLost.class);
		});
	}

	@Test
	void shouldNotSpendTheAttemptThatWaitsForItsTimeWhenANodeIsLost() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		driver.fail(1, 1, RunDriver.BOOM);

		driver.adopt(true);

		assertThat(driver.attempt(1).attempt()).isEqualTo(2);
		assertThat(driver.attempt(1).nextDue()).isEqualTo(RunDriver.T0.plusSeconds(1));
		assertThat(Kernel.effectsOf(driver.run)).containsExactly(new Effect.WakeAt(RunDriver.T0.plusSeconds(1)));
	}

	@Test
	void shouldWriteNoEventsForRetries() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		int events = driver.history.size();

		for (int attempt = 1; attempt <= 20; attempt++) {
			assertThat(driver.fail(1, attempt, RunDriver.BOOM)).isInstanceOf(Decision.Accepted.class);
			driver.after(Duration.ofMinutes(2)).fireDue();
			assertThat(driver.effects).contains(new Effect.DispatchActivity(1, attempt + 1));
		}

		assertThat(driver.history).hasSize(events);
	}

	@Test
	void shouldLeaveOneEventForEveryCommandInOrder() {
		RunDriver driver = RunDriver.started();
		driver.signal("broken");
		driver.turn(new TurnCommand.SkipInput(2, "No handler for hold"), new TurnCommand.RecordPatch("mail"),
				new TurnCommand.RecordSideEffect(Payload.json("1")), RunDriver.schedule(1),
				RunDriver.timer(2, Duration.ofSeconds(1)), new TurnCommand.RequestCancelActivity(9),
				new TurnCommand.CancelTimer(8));

		assertThat(driver.events)
			.containsExactly(new HistoryEvent.WorkflowTaskCompleted(2, RunDriver.T0, 7, "build-1", List.of()),
					new HistoryEvent.InputSkipped(2, "No handler for hold"), new HistoryEvent.PatchRecorded("mail"),
					new HistoryEvent.SideEffectRecorded(Payload.json("1")),
					new HistoryEvent.ActivityScheduled(1, "Payments.charge", Payload.NO_ARGUMENTS,
							ActivityPolicy.DEFAULT),
					new HistoryEvent.TimerStarted(2, RunDriver.T0.plusSeconds(1)),
					new HistoryEvent.ActivityCancelRequested(9, RaceOutcome.LOST_RACE),
					new HistoryEvent.TimerCanceled(8, RaceOutcome.LOST_RACE));
	}

	@Test
	void shouldRecordPatchesThatReplayFoundUntaken() {
		RunDriver driver = RunDriver.started();

		driver.send(new Command.CompleteTask(RunDriver.KEY, driver.token(), driver.now, "build-2", List.of(),
				List.of("mail")));

		assertThat(driver.events)
			.containsExactly(new HistoryEvent.WorkflowTaskCompleted(1, RunDriver.T0, 0, "build-2", List.of("mail")));
	}

	@Test
	void shouldCancelOnceHoweverOftenItIsAsked() {
		RunDriver driver = RunDriver.started();

		assertThat(driver.cancel("cancel-1")).isInstanceOf(Decision.Accepted.class);
		assertThat(driver.cancel("cancel-1")).isEqualTo(new Decision.Duplicate());
		assertThat(driver.cancel("cancel-2")).isEqualTo(new Decision.Duplicate());
		assertThat(driver.state().cancelRequested()).isTrue();
	}

	@Test
	void shouldAnswerADuplicateOfAClosedRunAsSuch() {
		RunDriver driver = RunDriver.started();
		driver.signal("signal-1");
		driver.turn(RunDriver.returns());

		assertThat(driver.signal("signal-1")).isEqualTo(new Decision.Duplicate());
		assertThat(driver.signal("signal-2"))
			.isInstanceOfSatisfying(Decision.Rejected.class, rejected -> assertThat(rejected.message())
				.isEqualTo("Expected workflow order-1 (run run-1) to be running, but it is Completed; start it anew"));
	}

	@Test
	void shouldNotFailAnActivityWithItsLateTimeoutOnceItIsToBeRetried() {
		ActivityPolicy policy = RunDriver.policy().scheduleToStart(Duration.ofSeconds(10)).build();
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1, policy));
		driver.after(Duration.ofSeconds(9)).fail(1, 1, RunDriver.BOOM);

		// the first attempt's deadline passes while the second is waiting for its time
		driver.after(Duration.ofSeconds(1)).fireDue();
		assertThat(driver.effects).contains(new Effect.DispatchActivity(1, 2));
		assertThat(driver.after(Duration.ofSeconds(9)).fireDue()).isEqualTo(STALE);
		driver.after(Duration.ofSeconds(1)).fireDue();

		assertThat(driver.events).singleElement().isInstanceOf(HistoryEvent.ActivityTimedOut.class);
	}

}
