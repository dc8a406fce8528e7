package io.reprise.it.features;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.reprise.ActivityFailure;
import io.reprise.ActivitySettings;
import io.reprise.HistoryEntry;
import io.reprise.TimeoutFailure;
import io.reprise.TimeoutType;
import io.reprise.WorkflowFailedException;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowStatus;
import io.reprise.it.features.shop.ErrandWorkflows.ChoreDay;
import io.reprise.it.features.shop.ErrandWorkflows.Crew;
import io.reprise.it.features.shop.ErrandWorkflows.FlakyErrand;
import io.reprise.it.features.shop.ErrandWorkflows.GivenUpErrand;
import io.reprise.it.features.shop.ErrandWorkflows.LargeErrand;
import io.reprise.it.features.shop.ErrandWorkflows.LongErrand;
import io.reprise.it.features.shop.ErrandWorkflows.ShoppingList;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Local activities.
 */
abstract class LocalSuite extends FeatureSuite {

	private static final ActivitySettings QUICK = ActivitySettings.none()
		.withBackoff(Duration.ofMillis(20), 1, Duration.ofMillis(20));

	/** Longer than a turn waits. */
	private static final Duration LONG = Duration.ofSeconds(6);

	LocalSuite(Database database) {
		super(database);
	}

	@Test
	void shouldRecordResultsWithTheTurnThatGotThem() {
		String key = newId("list");

		WorkflowHandle<ShoppingList, List<String>> list = list(key, 20, false);

		assertThat(list.result(PATIENCE)).hasSize(20).startsWith("thing 1 fetched").endsWith("thing 20 fetched");
		assertThat(types(list)).startsWith("WorkflowStarted", "WorkflowTaskCompleted", "LocalActivityCompleted")
			.endsWith("LocalActivityCompleted", "WorkflowCompleted")
			.hasSize(23);
		HistoryEntry first = event(list, "LocalActivityCompleted");
		assertThat(first.attributes()).containsEntry("activityType", "Errands.fetch")
			.containsEntry("activityId", 1)
			.containsEntry("attempt", 1)
			.containsEntry("arguments", "[\"" + key + "\",\"thing 1\"]")
			.containsEntry("result", "\"thing 1 fetched\"");
	}

	@Test
	void shouldNotRunAgainAtReplay() {
		String key = newId("list");
		WorkflowHandle<ShoppingList, List<String>> list = list(key, 5, true);
		eventually().until(() -> list.query(ShoppingList::fetched).size() == 5);

		evictAll();
		assertThat(list.query(ShoppingList::fetched)).hasSize(5);
		evictAll();
		list.signal(ShoppingList::dismiss);

		assertThat(list.result(PATIENCE)).hasSize(5);
		assertThat(probe.notes(key)).hasSize(5);
	}

	@Test
	void shouldRetryInPlace() {
		String key = newId("flaky");

		WorkflowHandle<FlakyErrand, String> errand = flaky(key, 2, QUICK);

		assertThat(errand.result(PATIENCE)).isEqualTo("attempt 3");
		String idempotencyKey = errand.describe().summary().runId() + ":1";
		assertThat(probe.notes(key)).containsExactly(idempotencyKey + " 1", idempotencyKey + " 2",
				idempotencyKey + " 3");
		assertThat(types(errand)).containsExactly("WorkflowStarted", "WorkflowTaskCompleted", "LocalActivityCompleted",
				"WorkflowCompleted");
		assertThat(event(errand, "LocalActivityCompleted").attributes()).containsEntry("attempt", 3);
	}

	@Test
	void shouldWaitForATimerBeforeALateRetry() {
		String key = newId("flaky");
		WorkflowHandle<FlakyErrand, String> errand = flaky(key, 1, ActivitySettings.none().withBackoff(LONG, 1, LONG));
		awaitEvent(errand, "LocalActivityBackedOff");

		evictAll();

		assertThat(errand.describe().pendingTimers()).hasSize(1);
		assertThat(errand.result(PATIENCE)).isEqualTo("attempt 2");
		assertThat(probe.notes(key)).hasSize(2);
		assertThat(event(errand, "TimerFired").time()).isAfterOrEqualTo(
				Instant.parse((String) event(errand, "LocalActivityBackedOff").attributes().get("retryAt")));
	}

	@Test
	void shouldFailTheWorkflowAfterTheLastAttempt() {
		String key = newId("flaky");

		ActivityFailure failure = failure(flaky(key, 9, QUICK.withMaximumAttempts(3)));

		assertThat(failure.attempts()).isEqualTo(3);
		assertThat(failure.activityType()).isEqualTo("Errands.flaky");
		assertThat(failure.isCausedBy(IllegalStateException.class)).isTrue();
		assertThat(probe.notes(key)).hasSize(3);
	}

	@Test
	void shouldNotRetryWhatIsListed() {
		String key = newId("flaky");

		failure(flaky(key, 9, QUICK.withNonRetryable("IllegalStateException")));

		assertThat(probe.notes(key)).hasSize(1);
	}

	@Test
	void shouldTimeOut() {
		String key = newId("slow");

		ActivityFailure failure = failure(client.start(LongErrand.class,
				(w) -> w.run(key, QUICK.withStartToCloseTimeout(Duration.ofMillis(100)).withMaximumAttempts(2)),
				withNewId("long")));

		assertThat(failure.attempts()).isEqualTo(2);
		assertThat(failure.getCause()).isInstanceOfSatisfying(TimeoutFailure.class,
				(timeout) -> assertThat(timeout.timeoutType()).isEqualTo(TimeoutType.START_TO_CLOSE));
		probe.open(key);
	}

	@Test
	void shouldStopTryingWhenAllTimeIsUsedUp() {
		String key = newId("slow");

		ActivityFailure failure = failure(client.start(LongErrand.class,
				(w) -> w.run(key, QUICK.withScheduleToCloseTimeout(Duration.ofMillis(300))), withNewId("long")));

		assertThat(failure.getCause()).isInstanceOfSatisfying(TimeoutFailure.class,
				(timeout) -> assertThat(timeout.timeoutType()).isEqualTo(TimeoutType.SCHEDULE_TO_CLOSE));
		probe.open(key);
	}

	@Test
	void shouldRunSeveralAtTheSameTime() {
		String key = newId("crew");

		WorkflowHandle<Crew, Integer> crew = client.start(Crew.class, (w) -> w.run(key, 40), withNewId("crew"));

		assertThat(crew.result(PATIENCE)).isEqualTo(40);
	}

	@Test
	void shouldAnswerQueriesAndTakeSignalsWhileOneRuns() {
		String key = newId("long");
		WorkflowHandle<LongErrand, String> errand = client.start(LongErrand.class,
				(w) -> w.run(key, ActivitySettings.none()), withNewId("long"));

		assertThat(errand.query(LongErrand::log)).containsExactly("begun");
		errand.signal((w) -> w.remark("hurry"));
		eventually().until(() -> errand.query(LongErrand::log).contains("hurry"));
		int events = errand.history().size();
		IntStream.range(0, 20).forEach((i) -> errand.query(LongErrand::log));
		assertThat(errand.history()).hasSize(events);
		probe.open(key);

		assertThat(errand.result(PATIENCE)).isEqualTo("begun, hurry, let go");
		assertThat(probe.notes(key)).hasSize(1);
		assertThat(types(errand)).contains("TurnContinued");
	}

	@Test
	void shouldNotRepeatWhatATurnGotThatASignalOvertook() {
		String key = newId("long");
		WorkflowHandle<LongErrand, String> errand = client.start(LongErrand.class,
				(w) -> w.run(key, ActivitySettings.none()), withNewId("long"));
		eventually().until(() -> probe.notes(key).size() == 1);

		errand.signal((w) -> w.remark("hurry"));
		probe.open(key);

		assertThat(errand.result(PATIENCE)).isEqualTo("hurry, begun, let go");
		assertThat(probe.notes(key)).hasSize(1);
	}

	@Test
	void shouldHandInATurnThatWaitsLong() {
		String key = newId("long");
		WorkflowHandle<LongErrand, String> errand = client.start(LongErrand.class,
				(w) -> w.run(key, ActivitySettings.none()), withNewId("long"));

		awaitEvent(errand, "TurnContinued");
		evictAll();
		eventually().until(() -> probe.notes(key).size() == 2);
		probe.open(key);

		assertThat(errand.result(PATIENCE)).isEqualTo("begun, let go");
		assertThat(event(errand, "TurnContinued").attributes().get("underWay"))
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.hasSize(1);
	}

	@Test
	void shouldDropWhatTheWorkflowGivesUp() {
		String key = newId("given-up");

		WorkflowHandle<GivenUpErrand, String> errand = client.start(GivenUpErrand.class, (w) -> w.run(key),
				withNewId("given-up"));

		assertThat(errand.result(PATIENCE)).isEqualTo("[CanceledFailure]");
		eventually().until(() -> probe.notes(key).contains("cancelled"));
		assertThat(types(errand)).contains("LocalActivityCanceled");
	}

	@Test
	void shouldDropWhatRunsInATerminatedWorkflow() {
		String key = newId("terminated");
		WorkflowHandle<GivenUpErrand, String> errand = client.start(GivenUpErrand.class, (w) -> w.run(key),
				withNewId("given-up"));
		WorkflowHandle<LongErrand, String> held = client.start(LongErrand.class,
				(w) -> w.run(key, ActivitySettings.none()), withNewId("long"));
		eventually().until(() -> probe.notes(key).stream().anyMatch((note) -> note.toString().startsWith("held")));

		held.terminate("enough");

		assertThat(failureOf(held, WorkflowStatus.TERMINATED)).isNotNull();
		assertThat(held.query(LongErrand::log)).isNotNull();
		probe.open(key);
		assertThat(errand.result(PATIENCE)).isEqualTo("[CanceledFailure]");
		assertThat(types(held)).doesNotContain("LocalActivityCompleted");
	}

	@Test
	void shouldRefuseWhatIsTooLarge() {
		WorkflowHandle<LargeErrand, List<String>> errand = client.start(LargeErrand.class,
				(w) -> w.run(3 * 1024 * 1024), withNewId("large"));

		assertThat(errand.result(PATIENCE)).containsExactly("PayloadTooLarge", "PayloadTooLarge");
	}

	@Test
	void shouldTakePlacementFromTheConfigurationAndShowIdsInTheLog() {
		WorkflowHandle<ChoreDay, String> day = client.start(ChoreDay.class, ChoreDay::run, withNewId("chores"));

		assertThat(day.result(PATIENCE)).isEqualTo("swept Errands.mdc 1 ChoreDay");
		assertThat(types(day)).doesNotContain("ActivityScheduled");
	}

	private WorkflowHandle<ShoppingList, List<String>> list(String key, int things, boolean waits) {
		return client.start(ShoppingList.class, (w) -> w.run(key, things, waits), withNewId("list"));
	}

	private WorkflowHandle<FlakyErrand, String> flaky(String key, int failures, ActivitySettings settings) {
		return client.start(FlakyErrand.class, (w) -> w.run(key, failures, settings), withNewId("flaky"));
	}

	private static List<String> types(WorkflowRef workflow) {
		return workflow.history().stream().map(HistoryEntry::type).toList();
	}

	private static ActivityFailure failure(WorkflowRef workflow) {
		WorkflowFailedException failure = failureOf(workflow, WorkflowStatus.FAILED);
		assertThat(failure.getCause()).isInstanceOf(ActivityFailure.class);
		return (ActivityFailure) failure.getCause();
	}

}
