package io.reprise.kernel;

import java.time.Duration;

import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Effects of several changes that were committed together, and after a crash.
 */
class EffectDeriverTests {

	@Test
	void shouldAskForEverythingOutstandingAfterACrash() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1), RunDriver.schedule(2),
				RunDriver.timer(3, Duration.ofDays(30)));
		driver.fail(2, 1, RunDriver.BOOM);
		driver.signal("signal-1");

		assertThat(Kernel.effectsOf(driver.run)).containsExactly(new Effect.DispatchActivity(1, 1),
				new Effect.DispatchTask(new TaskToken(2, 6)), new Effect.WakeAt(RunDriver.T0.plusSeconds(1)));
	}

	@Test
	void shouldHaveNothingToDoForARunThatOnlyWaits() {
		RunDriver driver = RunDriver.afterTurn();

		assertThat(Kernel.effectsOf(driver.run)).isEmpty();
		assertThat(driver.run.hasOutstandingWork()).isFalse();
	}

	@Test
	void shouldAnnounceAClosedRunAgainAfterACrash() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		driver.terminate();

		assertThat(driver.effects).containsExactly(new Effect.CancelActivity(1), new Effect.AnnounceClosed());
		assertThat(Kernel.effectsOf(driver.run)).containsExactly(new Effect.AnnounceClosed());
	}

	@Test
	void shouldAskForOneTurnForSeveralInputsAtOnce() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1), RunDriver.timer(2, Duration.ofSeconds(1)));
		Run before = driver.run;
		driver.complete(1, 1);
		driver.signal("signal-1");
		driver.after(Duration.ofSeconds(1)).fireDue();

		assertThat(driver.effectsSince(before)).containsExactly(new Effect.DispatchTask(new TaskToken(2, 7)));
	}

	@Test
	void shouldNotStopAnActivityWhoseResultCameWithTheTurnThatSawIt() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		Run before = driver.run;
		driver.complete(1, 1);
		driver.turn(RunDriver.schedule(2));

		assertThat(driver.effectsSince(before)).containsExactly(new Effect.DispatchActivity(2, 1));
	}

	@Test
	void shouldAskForNothingThatWasDoneWithinTheSameCommit() {
		RunDriver driver = RunDriver.started();
		Run before = driver.run;
		driver.turn(RunDriver.schedule(1), RunDriver.timer(2, Duration.ofSeconds(1)));
		driver.signal("signal-1");
		driver.turn(new TurnCommand.RequestCancelActivity(1), new TurnCommand.CancelTimer(2));

		assertThat(driver.effectsSince(before)).isEmpty();
	}

	@Test
	void shouldWakeUpLaterWhenTheNextTimerIsWithdrawn() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.timer(1, Duration.ofSeconds(1)),
				RunDriver.timer(2, Duration.ofSeconds(9)));
		driver.signal("signal-1");
		driver.turn(new TurnCommand.CancelTimer(1));

		assertThat(driver.effects).containsExactly(new Effect.WakeAt(RunDriver.T0.plusSeconds(9)));
	}

	@Test
	void shouldNotStopAnActivityThatHasStoppedItself() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1), RunDriver.schedule(2));
		driver.complete(1, 1);
		assertThat(driver.effects).noneMatch(Effect.CancelActivity.class::isInstance);
		driver.fail(2, 1, RunDriver.FATAL);
		assertThat(driver.effects).isEmpty();
	}

	@Test
	void shouldNotStopAnAttemptThatHasNotBeenAskedFor() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		driver.fail(1, 1, RunDriver.BOOM);
		driver.terminate();

		assertThat(driver.effects).containsExactly(new Effect.AnnounceClosed());
	}

	@Test
	void shouldNotAskForAStalledTurnUntilItIsTriedAgain() {
		RunDriver driver = RunDriver.started();
		driver.stall(driver.token());

		assertThat(driver.effects).containsExactly(new Effect.WakeAt(RunDriver.T0.plusSeconds(10)));
		assertThat(Kernel.effectsOf(driver.run)).containsExactly(new Effect.WakeAt(RunDriver.T0.plusSeconds(10)));
		driver.signal("signal-1");
		assertThat(driver.effects).isEmpty();

		driver.after(Duration.ofSeconds(10)).fireDue();
		assertThat(driver.effects).containsExactly(new Effect.DispatchTask(new TaskToken(0, 2)));
	}

	@Test
	void shouldTryAStalledTurnAtOnceOnANewNode() {
		RunDriver driver = RunDriver.started();
		driver.stall(driver.token());
		driver.adopt(false);

		assertThat(Kernel.effectsOf(driver.run)).containsExactly(new Effect.DispatchTask(new TaskToken(0, 1)));
		RunOverlay.Stall stall = driver.run.overlay().stall();
		assertThat(stall).isNotNull();
		assertThat(stall.attempts()).isEqualTo(1);
	}

	@Test
	void shouldRestartTheClockOfAnAttemptWhenItIsAskedForLate() {
		ActivityPolicy policy = RunDriver.policy().scheduleToStart(Duration.ofSeconds(5)).build();
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1, policy));
		driver.fail(1, 1, RunDriver.BOOM);

		// nobody was there for an hour; the second attempt has not waited for a worker
		// yet
		driver.after(Duration.ofHours(1)).fireDue();

		assertThat(driver.effects).containsExactly(new Effect.DispatchActivity(1, 2),
				new Effect.WakeAt(driver.now.plusSeconds(5)));
	}

}
