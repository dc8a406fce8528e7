package io.reprise.kernel;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.reprise.kernel.RunState.PendingActivity;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.HistoryJson;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.Transition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random sequences of commands, sensible and not, with time standing still, passing and
 * jumping back. A seed reproduces its sequence on any machine.
 */
class KernelPropertyTests {

	private static final int SEEDS = 60;

	private static final int STEPS = 120;

	/** Seeds that once found a bug belong here. */
	private static final long[] REGRESSIONS = {};

	static LongStream seeds() {
		return LongStream.concat(LongStream.of(REGRESSIONS), LongStream.rangeClosed(1, SEEDS));
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void shouldKeepInvariants(long seed) {
		RandomRun random = new RandomRun(seed);
		Outstanding outstanding = new Outstanding();
		outstanding.apply(random.driver.effects, random.driver.run);
		for (int step = 0; step < STEPS; step++) {
			Run before = random.driver.run;
			int eventsBefore = random.driver.history.size();
			Decision decision = random.step();
			if (decision instanceof Decision.Accepted accepted) {
				checkEvents(before, accepted, random.driver);
				outstanding.apply(random.driver.effects, random.driver.run);
				outstanding.settle(accepted.events());
				if (random.adopted()) {
					// what the node before had outstanding is gone
					outstanding.restart(random.driver.run);
				}
			}
			else {
				assertThat(random.driver.history).hasSize(eventsBefore);
				assertThat(random.driver.run).isSameAs(before);
			}
			outstanding.check(random.driver.run);
			if (step % 10 == 0) {
				checkFolds(random.driver);
			}
		}
		checkFolds(random.driver);
		checkHistory(random.driver.history);
	}

	@Test
	void shouldReachEveryKindOfEventAndDecision() {
		Set<String> events = new TreeSet<>();
		Set<String> decisions = new TreeSet<>();
		seeds().forEach(seed -> {
			RandomRun random = new RandomRun(seed);
			for (int step = 0; step < STEPS; step++) {
				Decision decision = random.step();
				decisions.add(decision.toString().startsWith("Stale") ? decision.toString()
						: decision.getClass().getSimpleName());
			}
			random.driver.history.forEach(event -> events.add(event.event().getClass().getSimpleName()));
		});

		assertThat(decisions).containsExactlyInAnyOrder("Accepted", "Duplicate", "Rejected", "Stale[redispatch=false]",
				"Stale[redispatch=true]");
		assertThat(events).contains("ActivityCancelRequested", "ActivityCompleted", "ActivityFailed",
				"ActivityScheduled", "ActivityTimedOut", "InputSkipped", "PatchRecorded", "SideEffectRecorded",
				"TimerCanceled", "TimerFired", "TimerStarted", "WorkflowCancelRequested", "WorkflowCanceled",
				"WorkflowCompleted", "WorkflowContinuedAsNew", "WorkflowFailed", "WorkflowSignaled", "WorkflowStarted",
				"WorkflowTaskCompleted", "WorkflowTerminated", "StartChildWorkflowInitiated", "SignalExternalInitiated",
				"CancelExternalInitiated", "ChildWorkflowStarted", "ChildWorkflowStartFailed", "ChildWorkflowCompleted",
				"ExternalSignaled", "SignalExternalFailed", "ExternalCancelRequested", "CancelExternalFailed");
	}

	private static void checkEvents(Run before, Decision.Accepted accepted, RunDriver driver) {
		for (HistoryEvent event : accepted.events()) {
			switch (event) {
				case HistoryEvent.TimerFired fired ->
					assertThat(before.state().timers().get(fired.timerId()).fireAt()).isBeforeOrEqualTo(driver.now);
				case HistoryEvent.WorkflowTaskCompleted marker -> {
					assertThat(marker.time()).isAfterOrEqualTo(before.state().markerTime());
					assertThat(marker.commandCount()).isEqualTo(accepted.events().size() - 1);
					assertThat(driver.run.overlay().stall()).isNull();
				}
				case HistoryEvent.WorkflowTerminated ignored -> {
				}
				case HistoryEvent.WorkflowContinuedAsNew continued ->
					assertThat(accepted.next().key().runId()).isEqualTo(continued.nextRunId());
				case HistoryEvent.Closing ignored ->
					assertThat(before.state().hasMessageAfter(seenUpTo(accepted))).isFalse();
				case HistoryEvent.ActivityCompleted completed ->
					checkReport(before, completed.activityId(), completed.attempt());
				case HistoryEvent.ActivityFailed failed -> checkReport(before, failed.activityId(), failed.attempt());
				default -> {
				}
			}
		}
		checkAttempts(before, driver);
	}

	private static long seenUpTo(Decision.Accepted turn) {
		return ((HistoryEvent.WorkflowTaskCompleted) turn.events().getFirst()).seenUpTo();
	}

	private static void checkReport(Run before, int activityId, int attempt) {
		assertThat(before.overlay().attemptOf(activityId).attempt()).isEqualTo(attempt);
		assertThat(before.overlay().attemptOf(activityId).isDispatched()).isTrue();
	}

	private static void checkAttempts(Run before, RunDriver driver) {
		// nothing is kept for what is settled
		assertThat(driver.state().activities().keySet()).containsAll(driver.run.overlay().attempts().keySet());
		for (PendingActivity activity : driver.state().activities().values()) {
			RunOverlay.Attempt old = before.overlay().attemptOf(activity.activityId());
			RunOverlay.Attempt attempt = driver.attempt(activity.activityId());
			int most = activity.policy().maximumAttempts();
			assertThat(attempt.attempt()).isBetween(1, (most > 0) ? most : Integer.MAX_VALUE);
			if (!old.isDispatched()) {
				// it has not been a worker's, so nothing can spend it
				assertThat(attempt.attempt()).isEqualTo(old.attempt());
				assertThat(attempt.isDispatched() && old.nextDue().isAfter(driver.now)).as("early").isFalse();
			}
		}
	}

	private static void checkFolds(RunDriver driver) {
		RunState state = driver.state();
		assertThat(Kernel.create(RunDriver.KEY, driver.history)).isEqualTo(state);
		assertThat(StateJson.read(StateJson.write(state))).isEqualTo(state);
		RunOverlay overlay = driver.run.overlay();
		RunOverlay reread = OverlayJson.read(OverlayJson.write(overlay));
		assertThat(OverlayJson.write(reread)).isEqualTo(OverlayJson.write(overlay));
		assertThat(reread.stall()).isEqualTo(overlay.stall());
		for (int id : state.activities().keySet()) {
			assertThat(reread.attemptOf(id).running()).isEqualTo(overlay.attemptOf(id).running());
		}
		// a snapshot anywhere, and the tail read from its stored bytes
		int half = 1 + (int) (Math.abs(state.lastEventId() * 31) % state.lastEventId());
		RunState snapshot = StateJson
			.read(StateJson.write(Kernel.create(RunDriver.KEY, driver.history.subList(0, half))));
		List<RecordedEvent> tail = driver.history.subList(half, driver.history.size())
			.stream()
			.map(KernelPropertyTests::reread)
			.toList();
		assertThat(Kernel.evolve(snapshot, tail)).isEqualTo(state);
	}

	private static RecordedEvent reread(RecordedEvent event) {
		Transition transition = new Transition(event.id(), event.time(), List.of(event.event()));
		return HistoryJson.read(event.id(), HistoryJson.write(transition)).recorded().getFirst();
	}

	private static void checkHistory(List<RecordedEvent> history) {
		assertThat(history.stream().map(RecordedEvent::id))
			.containsExactlyElementsOf(LongStream.rangeClosed(1, history.size()).boxed().toList());
		Map<Integer, Integer> settled = new HashMap<>();
		for (RecordedEvent recorded : history) {
			int target = switch (recorded.event()) {
				case HistoryEvent.ActivityCompleted event -> event.activityId();
				case HistoryEvent.ActivityFailed event -> event.activityId();
				case HistoryEvent.ActivityTimedOut event -> event.activityId();
				case HistoryEvent.TimerFired event -> event.timerId();
				default -> 0;
			};
			if (target > 0) {
				settled.merge(target, 1, Integer::sum);
			}
		}
		assertThat(settled.values()).as("resolutions of each target").allMatch(count -> count == 1);
		long closings = history.stream().filter(event -> event.event() instanceof HistoryEvent.Closing).count();
		assertThat(closings).isLessThanOrEqualTo(1);
		IntStream.range(0, history.size() - 1)
			.forEach(i -> assertThat(history.get(i).event()).isNotInstanceOf(HistoryEvent.Closing.class));
	}

	/**
	 * What an engine that only follows the incremental effects has outstanding.
	 */
	private static final class Outstanding {

		private final Map<Integer, Integer> attempts = new HashMap<>();

		private final Set<Long> turns = new HashSet<>();

		private final Set<Effect.Errand> errands = new HashSet<>();

		private Instant wake = Instant.MAX;

		private boolean announced;

		private void apply(List<Effect> effects, Run after) {
			turns.removeIf(marker -> after.state().lastMarkerId() != marker || after.state().isClosed()
					|| after.overlay().isStallWaiting());
			errands.retainAll(Errands.of(after));
			for (Effect effect : effects) {
				switch (effect) {
					case Effect.DispatchTask dispatch -> {
						assertThat(turns.add(dispatch.token().lastMarkerId())).as("dispatched once").isTrue();
						assertThat(dispatch.token().seenUpTo()).isEqualTo(after.state().unseen().getLast().id());
					}
					case Effect.DispatchActivity dispatch -> {
						Integer last = attempts.put(dispatch.activityId(), dispatch.attempt());
						assertThat(last).as("dispatched once").isNotEqualTo(Integer.valueOf(dispatch.attempt()));
					}
					case Effect.CancelActivity cancel ->
						assertThat(attempts.remove(cancel.activityId())).as("cancelled while outstanding").isNotNull();
					case Effect.WakeAt wakeAt -> wake = wakeAt.dueAt();
					case Effect.Errand errand -> assertThat(errands.add(errand)).as("said once").isTrue();
					case Effect.AnnounceClosed ignored -> {
						assertThat(announced).as("announced once").isFalse();
						announced = true;
					}
				}
			}
			// a worker that has reported has nothing outstanding any more
			attempts.entrySet()
				.removeIf(entry -> after.state().activities().containsKey(entry.getKey())
						&& !after.overlay().attemptOf(entry.getKey()).isDispatched());
		}

		private void settle(List<HistoryEvent> events) {
			for (HistoryEvent event : events) {
				switch (event) {
					case HistoryEvent.ActivityCompleted completed -> attempts.remove(completed.activityId());
					case HistoryEvent.ActivityFailed failed -> attempts.remove(failed.activityId());
					case HistoryEvent.ActivityTimedOut timedOut -> attempts.remove(timedOut.activityId());
					default -> {
					}
				}
			}
		}

		private void restart(Run run) {
			attempts.clear();
			turns.clear();
			errands.clear();
			announced = false;
			apply(Kernel.effectsOf(run), run);
		}

		private void check(Run run) {
			Outstanding fresh = new Outstanding();
			fresh.apply(Kernel.effectsOf(run), run);
			assertThat(attempts).isEqualTo(fresh.attempts);
			assertThat(turns).isEqualTo(fresh.turns);
			assertThat(announced).isEqualTo(fresh.announced);
			assertThat(errands).isEqualTo(fresh.errands);
			Instant due = Kernel.nextDue(run);
			if (due != null) {
				assertThat(wake).isEqualTo(due);
			}
		}

	}

}
