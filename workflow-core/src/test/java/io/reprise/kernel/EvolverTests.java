package io.reprise.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;

import io.reprise.WorkflowStatus;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RaceOutcome;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EvolverTests {

	private static final HistoryEvent STARTED = new HistoryEvent.WorkflowStarted("T", "default", Payload.NO_ARGUMENTS,
			"start-1");

	@Test
	void shouldRefuseAGap() {
		RunDriver driver = RunDriver.started();

		assertThatIllegalStateException()
			.isThrownBy(() -> Kernel.evolve(driver.state(), List.of(event(3, new HistoryEvent.TimerFired(1)))))
			.withMessage("Expected the id 2, but event 3 of order-1 (run run-1) is a TimerFired; the history is damaged"
					+ " or the kernel has a bug");
	}

	@Test
	void shouldRefuseAnEventThatIsThereAlready() {
		RunDriver driver = RunDriver.started();

		assertThatIllegalStateException().isThrownBy(() -> Kernel.evolve(driver.state(), List.of(event(1, STARTED))))
			.withMessageStartingWith("Expected the id 2, but event 1");
	}

	@Test
	void shouldRefuseAnEventAfterTheEnd() {
		RunDriver driver = RunDriver.started();
		driver.terminate();

		assertThatIllegalStateException()
			.isThrownBy(() -> Kernel.evolve(driver.state(), List.of(event(3, new HistoryEvent.TimerFired(1)))))
			.withMessageStartingWith("Expected no event after the run closed as Terminated, but event 3");
	}

	@Test
	void shouldRefuseAHistoryWithoutAStart() {
		assertThatIllegalStateException().isThrownBy(() -> Kernel.create(RunDriver.KEY, List.of()))
			.withMessage("Expected a history of order-1 (run run-1) to fold, but it has no events");
		assertThatIllegalStateException()
			.isThrownBy(() -> Kernel.create(RunDriver.KEY, List.of(event(1, new HistoryEvent.WorkflowTerminated("x")))))
			.withMessageStartingWith("Expected WorkflowStarted to be the first event and no other");
		assertThatIllegalStateException()
			.isThrownBy(() -> Kernel.create(RunDriver.KEY, List.of(event(1, STARTED), event(2, STARTED))))
			.withMessageStartingWith("Expected WorkflowStarted to be the first event and no other");
	}

	static List<HistoryEvent> misfits() {
		return List.of(new HistoryEvent.ActivityCompleted(9, 1, Payload.NULL),
				new HistoryEvent.ActivityFailed(9, 1, RunDriver.BOOM), new HistoryEvent.TimerFired(9),
				new HistoryEvent.ActivityCancelRequested(9, RaceOutcome.APPLIED),
				new HistoryEvent.TimerCanceled(9, RaceOutcome.APPLIED),
				new HistoryEvent.ActivityScheduled(1, "A.b", Payload.NULL, ActivityPolicy.DEFAULT),
				new HistoryEvent.TimerStarted(2, RunDriver.T0),
				new HistoryEvent.WorkflowTaskCompleted(0, RunDriver.T0, 0, "b", List.of()),
				new HistoryEvent.WorkflowTaskCompleted(5, RunDriver.T0, 0, "b", List.of()));
	}

	@ParameterizedTest
	@MethodSource("misfits")
	void shouldRefuseAnEventThatDoesNotFit(HistoryEvent misfit) {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1), RunDriver.timer(2, Duration.ofDays(1)));

		assertThatIllegalStateException().isThrownBy(() -> Kernel.evolve(driver.state(), List.of(event(5, misfit))))
			.withMessageContaining("but event 5 of order-1 (run run-1) is a " + misfit.getClass().getSimpleName());
	}

	@Test
	void shouldForgetWhatWasPendingWhenARunCloses() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1), RunDriver.timer(2, Duration.ofDays(1)));
		driver.signal("signal-1");
		driver.after(Duration.ofSeconds(9)).turn(new TurnCommand.CancelWorkflow(null));

		RunState state = driver.state();
		assertThat(state.status()).isEqualTo(WorkflowStatus.CANCELED);
		assertThat(state.closeTime()).isEqualTo(RunDriver.T0.plusSeconds(9));
		assertThat(state.activities()).isEmpty();
		assertThat(state.timers()).isEmpty();
		assertThat(state.unseen()).isEmpty();
		assertThat(state.requestIds()).containsExactly("signal-1");
		assertThat(driver.run.hasOutstandingWork()).isFalse();
		assertThat(Kernel.nextDue(driver.run)).isNull();
		assertThat(driver.events.getLast())
			.isEqualTo(new HistoryEvent.WorkflowCanceled(new Failure.Canceled("The workflow was cancelled", null)));
	}

	@Test
	void shouldReturnTheSameStateForNoEvents() {
		RunDriver driver = RunDriver.started();

		assertThat(Kernel.evolve(driver.state(), List.of())).isSameAs(driver.state());
	}

	@Test
	void shouldShareWhatAnEventDoesNotChange() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1), RunDriver.timer(2, Duration.ofDays(1)));
		RunState before = driver.state();
		driver.signal("signal-1");

		assertThat(driver.state().activities()).isSameAs(before.activities());
		assertThat(driver.state().timers()).isSameAs(before.timers());
		assertThat(before.requestIds()).isEmpty();
	}

	@Test
	void shouldNotChangeTheStateBefore() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1), RunDriver.timer(2, Duration.ofDays(1)));
		RunState before = driver.state();
		RunState copy = StateJson.read(StateJson.write(before));
		driver.complete(1, 1);
		driver.signal("signal-1");
		driver.turn();
		driver.at(RunDriver.T0.plus(Duration.ofDays(1))).fireDue();

		assertThat(before).isEqualTo(copy);
	}

	@Test
	void shouldCopyCollectionsOfOthers() {
		LinkedHashMap<Integer, RunState.PendingTimer> timers = new LinkedHashMap<>();
		LinkedHashSet<String> requestIds = new LinkedHashSet<>();
		RunState state = RunDriver.started().state();
		RunState made = new RunState(state.key(), "T", "q", "r", WorkflowStatus.RUNNING, RunDriver.T0, null, 1, 0, 0,
				RunDriver.T0, false, state.activities(), timers, List.of(), requestIds, 0, null, new LinkedHashMap<>(),
				Neighbours.NONE);
		timers.put(1, new RunState.PendingTimer(1, RunDriver.T0));
		requestIds.add("x");

		assertThat(made.timers()).isEmpty();
		assertThat(made.requestIds()).isEmpty();
		assertThatThrownBy(() -> made.timers().put(2, new RunState.PendingTimer(2, Instant.EPOCH)))
			.isInstanceOf(UnsupportedOperationException.class);
	}

	@Test
	void shouldSayWhatIsWrongWithATaskThatDoesNotExist() {
		RunDriver driver = RunDriver.afterTurn();

		assertThatIllegalStateException().isThrownBy(() -> Kernel.workflowTask(driver.run, RunDriver.T0))
			.withMessageStartingWith("Expected inputs for a turn of workflow order-1 (run run-1)");
		assertThatIllegalStateException().isThrownBy(() -> Kernel.activityTask(driver.run, 1))
			.withMessageStartingWith("Expected activity 1 of order-1 (run run-1) to be pending");
	}

	private static RecordedEvent event(long id, HistoryEvent event) {
		return new RecordedEvent(id, RunDriver.T0, event);
	}

}
