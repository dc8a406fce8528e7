package io.reprise.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.Lifetime;
import io.reprise.RetrySettings;
import io.reprise.TimeoutType;
import io.reprise.WorkflowStatus;
import io.reprise.protocol.Command;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RunChain;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs that follow others, and those that begin late or run out of time.
 */
class SuccessionTests {

	private static final Payload ARGUMENTS = Payload.json("[7]");

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final RetrySettings RETRY = RetrySettings.defaults()
		.withMaximumAttempts(3)
		.withBackoff(Duration.ofSeconds(10), 2, MINUTE)
		.withNonRetryable("Fraud");

	@Test
	void shouldGoOnInANewRunWithWhatWasNotSeen() {
		RunDriver driver = RunDriver.started();
		driver.signal("seen");
		var token = driver.token();
		driver.signal("late-1");
		driver.cancel("late-2");

		driver.turn(token, continueAsNew(token.seenUpTo()));

		assertThat(driver.state().status()).isEqualTo(WorkflowStatus.CONTINUED_AS_NEW);
		assertThat(driver.events.getLast())
			.isEqualTo(new HistoryEvent.WorkflowContinuedAsNew("run-2", "Next", ARGUMENTS));
		RunDriver next = driver.follow();
		assertThat(next.state().key()).isEqualTo(driver.next.key());
		assertThat(next.state().workflowType()).isEqualTo("Next");
		assertThat(next.events).extracting((event) -> event.getClass().getSimpleName())
			.containsExactly("WorkflowStarted", "WorkflowSignaled", "WorkflowCancelRequested");
		assertThat(next.state().requestIds()).containsExactly("seen", "late-1", "late-2");
		assertThat(next.state().cancelRequested()).isTrue();
		assertThat(next.state().startRequestId()).isEqualTo("start-1");
		assertThat(chain(next)).isEqualTo(new RunChain("run-1", "run-1", 1, null, null, List.of("seen")));
		assertThat(next.effects).hasAtLeastOneElementOfType(Effect.DispatchTask.class);
	}

	@Test
	void shouldCarryWhatItsTurnHadButDidNotDeliver() {
		RunDriver driver = RunDriver.started();
		driver.signal("one");
		driver.signal("two");

		driver.turn(continueAsNew(2));

		assertThat(driver.next.events()).hasSize(2);
		assertThat(driver.next.events().getLast())
			.isEqualTo(new HistoryEvent.WorkflowSignaled("hold", Payload.NO_ARGUMENTS, "two"));
	}

	@Test
	void shouldRecogniseTheMessagesOfAllRunsBefore() {
		RunDriver driver = RunDriver.started();
		driver.signal("one");
		driver.turn(continueAsNew(2));
		RunDriver second = driver.follow();
		second.signal("two");
		second.turn(continueAsNew(2));
		RunDriver third = second.follow();

		assertThat(third.signal("one")).isInstanceOf(Decision.Duplicate.class);
		assertThat(third.signal("two")).isInstanceOf(Decision.Duplicate.class);
		assertThat(third.signal("three")).isInstanceOf(Decision.Accepted.class);
		assertThat(chain(third).firstRunId()).isEqualTo("run-1");
	}

	@Test
	void shouldContinueThoughTheHistoryIsFull() {
		RunDriver driver = RunDriver.started();
		driver.historyBytes = Limits.DEFAULT.historyBytes();

		driver.turn(new TurnCommand.RecordSideEffect(Payload.json("1")), continueAsNew(1));

		assertThat(driver.state().status()).isEqualTo(WorkflowStatus.CONTINUED_AS_NEW);
	}

	@Test
	void shouldRunOutOfTimeAtItsTimeWhateverItDoes() {
		RunDriver driver = RunDriver.started(runTimeout(MINUTE, null));
		driver.stall(driver.token());
		assertThat(Kernel.nextDue(driver.run)).isEqualTo(RunDriver.T0.plusSeconds(10));

		driver.at(RunDriver.T0.plus(MINUTE).minusNanos(1000)).fireDue();
		assertThat(driver.state().isClosed()).isFalse();
		driver.at(RunDriver.T0.plus(MINUTE)).fireDue();

		assertThat(driver.state().status()).isEqualTo(WorkflowStatus.TIMED_OUT);
		assertThat(driver.events).singleElement()
			.isInstanceOfSatisfying(HistoryEvent.WorkflowTimedOut.class, (event) -> {
				assertThat(event.failure().timeoutType()).isEqualTo(TimeoutType.START_TO_CLOSE);
				assertThat(event.failure().message())
					.isEqualTo("Workflow ProcessOrder did not end within its run time-out of PT1M");
				assertThat(event.nextRunId()).isNull();
			});
		assertThat(driver.next).isNull();
	}

	@Test
	void shouldTryAgainAfterAWhileUntilAttemptsAreUsedUp() {
		RunDriver driver = RunDriver.started(runTimeout(MINUTE, RETRY));
		driver.turn(new TurnCommand.FailWorkflow(RunDriver.BOOM));

		assertThat(driver.events.getLast()).isEqualTo(new HistoryEvent.WorkflowFailed(RunDriver.BOOM, "run-2"));
		RunDriver second = driver.follow();
		assertThat(chain(second).attempt()).isEqualTo(2);
		assertThat(second.effects).containsExactly(new Effect.WakeAt(RunDriver.T0.plusSeconds(10)));
		assertThat(second.run.hasOutstandingWork()).isFalse();
		second.at(RunDriver.T0.plusSeconds(10)).send(new Command.FireDue(second.state().key()));
		assertThat(second.effects).hasAtLeastOneElementOfType(Effect.DispatchTask.class);
		second.after(MINUTE).fireDue();
		assertThat(second.state().status()).isEqualTo(WorkflowStatus.TIMED_OUT);
		RunDriver third = second.follow();
		assertThat(chain(third).attempt()).isEqualTo(3);
		assertThat(Kernel.nextDue(third.run)).isEqualTo(third.now.plusSeconds(20));
		third.after(MINUTE).fireDue();
		third.turn(new TurnCommand.FailWorkflow(RunDriver.BOOM));
		assertThat(third.events.getLast()).isEqualTo(new HistoryEvent.WorkflowFailed(RunDriver.BOOM));
		assertThat(third.next).isNull();
	}

	@Test
	void shouldNotTryAgainWhatIsOfNoUse() {
		for (Failure failure : List.of(RunDriver.FATAL,
				new Failure.Application("com.acme.Fraud", null, null, false, null, null, null))) {
			RunDriver driver = RunDriver.started(runTimeout(MINUTE, RETRY));
			driver.turn(new TurnCommand.FailWorkflow(failure));
			assertThat(driver.next).isNull();
		}
		RunDriver canceled = RunDriver.started(runTimeout(MINUTE, RETRY));
		canceled.cancel("cancel-1");
		canceled.turn(new TurnCommand.CancelWorkflow(null));
		assertThat(canceled.next).isNull();
	}

	@Test
	void shouldNotGoOnAfterACancelHoweverItEnds() {
		for (TurnCommand end : List.of(new TurnCommand.FailWorkflow(RunDriver.BOOM),
				new TurnCommand.CompleteWorkflow(ARGUMENTS))) {
			RunDriver driver = RunDriver.started(new Lifetime(null, MINUTE, RETRY, Duration.ZERO, "hourly", null));
			driver.at(RunDriver.T0.plus(Duration.ofHours(1))).fireDue();
			driver.cancel("cancel-1");
			driver.turn(end);
			assertThat(driver.state().isClosed()).isTrue();
			assertThat(driver.next).isNull();
		}
		RunDriver late = RunDriver.started(runTimeout(MINUTE, RETRY));
		late.cancel("cancel-1");
		late.after(MINUTE).fireDue();
		assertThat(late.state().status()).isEqualTo(WorkflowStatus.TIMED_OUT);
		assertThat(late.next).isNull();
	}

	@Test
	void shouldEndWithAllItsRunsAtTheExecutionTimeout() {
		RunDriver driver = RunDriver.started(new Lifetime(MINUTE, null, RETRY, Duration.ZERO, null, null));
		driver.after(Duration.ofSeconds(40)).turn(continueAsNew(1));
		RunDriver next = driver.follow();
		assertThat(Kernel.nextDue(next.run)).isEqualTo(RunDriver.T0.plus(MINUTE));

		next.at(RunDriver.T0.plus(MINUTE)).fireDue();

		assertThat(next.state().status()).isEqualTo(WorkflowStatus.TIMED_OUT);
		assertThat(next.next).isNull();
	}

	@Test
	void shouldCarryWhatARunThatTimedOutHadNotSeen() {
		RunDriver driver = RunDriver.started(runTimeout(MINUTE, RETRY));
		driver.turn();
		driver.signal("late");

		driver.after(MINUTE).fireDue();

		assertThat(driver.follow().state().requestIds()).containsExactly("late");
	}

	@Test
	void shouldBeginLateAndTakeMessagesBefore() {
		RunDriver driver = RunDriver.started(new Lifetime(null, MINUTE, null, MINUTE, null, null));
		assertThat(driver.effects).containsExactly(new Effect.WakeAt(RunDriver.T0.plus(MINUTE)));
		driver.signal("early");
		assertThat(driver.effects).isEmpty();
		assertThat(driver.at(RunDriver.T0.plus(MINUTE).minusNanos(1000)).fireDue()).isInstanceOf(Decision.Stale.class);

		driver.at(RunDriver.T0.plus(MINUTE)).fireDue();

		assertThat(driver.effects).hasAtLeastOneElementOfType(Effect.DispatchTask.class);
		assertThat(Kernel.nextDue(driver.run)).isEqualTo(RunDriver.T0.plus(MINUTE).plus(MINUTE));
		assertThat(OverlayJson.write(driver.run.overlay())).isNull();
	}

	@Test
	void shouldEndAtOnceIfItIsCancelledBeforeItBegins() {
		RunDriver driver = RunDriver.started(new Lifetime(null, null, RETRY, MINUTE, null, null));
		assertThat(OverlayJson.read(OverlayJson.write(driver.run.overlay()))).isEqualTo(driver.run.overlay());

		driver.cancel("cancel-1");

		assertThat(driver.state().status()).isEqualTo(WorkflowStatus.CANCELED);
		assertThat(driver.next).isNull();
	}

	@Test
	void shouldRunAgainAndAgainWithTheLastResult() {
		RunDriver driver = RunDriver.started(cron("hourly"));
		Instant one = RunDriver.T0.plus(Duration.ofHours(1));
		assertThat(driver.effects).containsExactly(new Effect.WakeAt(one));
		driver.at(one).fireDue();
		driver.after(MINUTE).turn(new TurnCommand.CompleteWorkflow(ARGUMENTS));
		assertThat(driver.events.getLast()).isEqualTo(new HistoryEvent.WorkflowCompleted(ARGUMENTS, "run-2"));

		RunDriver next = driver.follow();
		assertThat(chain(next).lastResult()).isEqualTo(ARGUMENTS);
		assertThat(Kernel.nextDue(next.run)).isEqualTo(one.plus(Duration.ofHours(1)));
		next.at(one.plus(Duration.ofHours(1))).fireDue();
		next.turn(new TurnCommand.FailWorkflow(RunDriver.BOOM));

		RunDriver third = next.follow();
		assertThat(chain(third).lastResult()).isEqualTo(ARGUMENTS);
		assertThat(StateJson.read(StateJson.write(third.state()))).isEqualTo(third.state());
	}

	@Test
	void shouldRefuseACronExpressionThatIsNeverDue() {
		Command.StartWorkflow start = RunDriver.startCommand();
		Decision decision = Kernel.start(
				new Command.StartWorkflow(start.key(), start.workflowType(), start.taskQueue(), start.arguments(),
						start.requestId(), start.idReusePolicy(), start.idConflictPolicy(), cron("never")),
				new DecisionContext(RunDriver.T0, 0, Limits.DEFAULT, RunDriver.NEXT));

		assertThat(decision).isInstanceOfSatisfying(Decision.Rejected.class, (rejected) -> {
			assertThat(rejected.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
			assertThat(rejected.message()).contains("Expected a cron expression that is due some day", "'never'");
		});
	}

	private static TurnCommand continueAsNew(long deliveredUpTo) {
		return new TurnCommand.ContinueAsNew("Next", ARGUMENTS, deliveredUpTo);
	}

	private static Lifetime runTimeout(Duration timeout, RetrySettings retry) {
		return new Lifetime(null, timeout, retry, Duration.ZERO, null, null);
	}

	private static Lifetime cron(String expression) {
		return new Lifetime(null, null, null, Duration.ZERO, expression, null);
	}

	private static RunChain chain(RunDriver driver) {
		return driver.state().started().terms().chain();
	}

}
