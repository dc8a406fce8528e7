package io.reprise.testkit;

import java.time.Duration;

import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.ApplicationFailure;
import io.reprise.Placement;
import io.reprise.StartOptions;
import io.reprise.Workflow;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowRef;
import io.reprise.Workflows;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.reprise.testkit.WorkflowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WorkflowAssertions}.
 */
@Timeout(60)
class WorkflowAssertionsTests {

	private static WorkflowTestEnvironment environment;

	@BeforeAll
	static void start() {
		environment = WorkflowTestEnvironment.of(Parcel.class).activities(new Depot()).start();
	}

	@AfterAll
	static void stop() {
		environment.close();
	}

	@Test
	void shouldPassForWhatHappened() {
		WorkflowHandle<Parcel, String> parcel = start("passes", "fine");
		assertThat(parcel).isRunning().startedTimer(Duration.ofDays(1)).once();
		parcel.signal(w -> w.label("red", 7));
		parcel.result();

		assertThat(parcel).completed()
			.hasResult("stored fine")
			.scheduled("Depot.store")
			.times(2)
			.withArguments("again fine")
			.once()
			.scheduled("Depot.weigh")
			.once()
			.signaled("label")
			.once()
			.withArguments("red", 7)
			.slept(Duration.ofDays(1))
			.once()
			.patched("weigh")
			.notScheduled("Depot.lose")
			.notSignaled("paint")
			.hasEventsInOrder("WorkflowStarted Parcel", "WorkflowSignaled label", "TimerFired",
					"ActivityCompleted Depot.store", "WorkflowCompleted");
		assertThat(environment.client().handle("passes")).hasResult("stored fine");
	}

	@Test
	void shouldCompareTheWholeHistoryWithoutMarkers() {
		WorkflowHandle<Parcel, String> parcel = start("exact", "fine");
		parcel.result();

		assertThat(parcel).hasExactlyEvents("WorkflowStarted", "PatchRecorded weigh",
				"LocalActivityCompleted Depot.weigh", "TimerStarted", "TimerFired", "ActivityScheduled Depot.store",
				"ActivityCompleted Depot.store", "ActivityScheduled Depot.store", "ActivityCompleted Depot.store",
				"WorkflowCompleted");
		assertFails(() -> assertThat(parcel).hasExactlyEvents("WorkflowStarted"),
				"Expected no more events as event number 2 without markers, but it is 'PatchRecorded weigh'");
		assertFails(() -> assertThat(parcel).hasEventsInOrder("TimerFired", "TimerStarted"),
				"Expected the events [TimerFired, TimerStarted] in this order, but after the first 1 there is no 'TimerStarted'");
	}

	@Test
	void shouldTellFailuresApart() {
		WorkflowHandle<Parcel, String> parcel = start("fails", "broken");
		environment.time().advance(Duration.ofDays(1));

		assertThat(parcel).failed()
			.failedWith("Broken")
			.failedWith(ApplicationFailure.class)
			.failedWith(io.reprise.ActivityFailure.class);
		assertFails(() -> assertThat(parcel).failedWith("Lost"),
				"Expected it to fail with Lost, but it failed with Activity, caused by Broken: broken");
		assertFails(() -> assertThat(parcel).completed(), "Expected it to be COMPLETED, but it is FAILED");
	}

	@Test
	void shouldPrintTheHistoryWhenTheyFail() {
		WorkflowHandle<Parcel, String> parcel = start("prints", "fine");
		parcel.result();

		assertFails(() -> assertThat(parcel).scheduled("Depot.store").times(3),
				"Expected activity Depot.store to be scheduled 3 times, but see events [8, 11]",
				"workflow 'prints' (run ", ") of type Parcel: COMPLETED, 14 events",
				"    1  start          WorkflowStarted Parcel (arguments [\"fine\"])",
				"LocalActivityCompleted Depot.weigh (activityId 1, arguments [\"fine\"], result 4, attempt 1)",
				"    8  +T24H          ActivityScheduled Depot.store (activityId 3, arguments [\"fine\"])");
		assertFails(() -> assertThat(parcel).slept(Duration.ofDays(2)),
				"Expected a timer of PT48H that fired, but nothing of the kind happened");
		assertFails(() -> assertThat(parcel).hasResult("lost"), "Expected the result <lost>, but it is <stored fine>");
		assertFails(() -> assertThat(parcel).notScheduled("Depot.weigh"),
				"Expected activity Depot.weigh not to be scheduled, but see events [");
		assertFails(() -> assertThat((WorkflowRef) null).completed(), "Expected a workflow, but the handle is null");
	}

	private static WorkflowHandle<Parcel, String> start(String id, String content) {
		return environment.client().start(Parcel.class, w -> w.run(content), StartOptions.withId(id));
	}

	private static void assertFails(ThrowingCallable assertion, String... texts) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion)
			.satisfies(error -> assertThat(error.getMessage()).contains(texts));
	}

	@Activity
	public static class Depot {

		public String store(String content) {
			if (content.equals("broken")) {
				throw ApplicationFailure.nonRetryable("Broken", "broken");
			}
			return "stored " + content;
		}

		@ActivityOptions(placement = Placement.LOCAL)
		public int weigh(String content) {
			return content.length();
		}

	}

	@Workflow
	public static class Parcel {

		private final Depot depot;

		Parcel(Depot depot) {
			this.depot = depot;
		}

		@Workflow.Run
		public String run(String content) {
			if (Workflows.patched("weigh")) {
				depot.weigh(content);
			}
			Workflows.sleep(Duration.ofDays(1));
			String result = depot.store(content);
			depot.store("again " + content);
			return result;
		}

		@Workflow.Signal
		public void label(String color, int size) {
			Workflows.logger(Parcel.class).debug("{} {}", color, size);
		}

	}

}
