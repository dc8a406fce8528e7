package io.reprise.testkit.saga;

import java.time.Duration;

import io.reprise.ActivityFailure;
import io.reprise.ErrorCode;
import io.reprise.Saga;
import io.reprise.StartOptions;
import io.reprise.Workflow;
import io.reprise.WorkflowException;
import io.reprise.WorkflowFailedException;
import io.reprise.WorkflowHandle;
import io.reprise.Workflows;
import io.reprise.testkit.CrashTest;
import io.reprise.testkit.WorkflowTestEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.reprise.testkit.WorkflowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Saga}.
 */
@Timeout(60)
class SagaTests {

	private final Trips trips = new Trips();

	private WorkflowTestEnvironment environment;

	@BeforeEach
	void start() {
		environment = WorkflowTestEnvironment.of(BookTrip.class, BookByHand.class, Careless.class)
			.activities(trips)
			.start();
	}

	@AfterEach
	void stop() {
		environment.close();
	}

	@Test
	void shouldUndoNothingWhenAllStepsWereTaken() {
		WorkflowHandle<BookTrip, String> trip = book();

		assertThat(trip.result()).isEqualTo("Oslo by flight-1, hotel-1, car-1");

		assertThat(trip).completed().scheduled("Trips.book").times(3).notScheduled("Trips.cancel");
	}

	@Test
	void shouldUndoStepsInReverseOrderAndThrowWhatFailed() {
		trips.impossible.add("book car");
		WorkflowHandle<BookTrip, String> trip = book();

		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(trip::result)
			.withCauseInstanceOf(ActivityFailure.class);

		assertThat(trips.log).containsExactly("book flight", "book hotel", "cancel hotel-1", "cancel flight-1");
		assertThat(trip).failedWith("Refused").slept(Duration.ofHours(1));
	}

	@Test
	void shouldGoOnWhenACompensationFails() {
		trips.impossible.add("book car");
		trips.impossible.add("cancel hotel-1");
		WorkflowHandle<BookTrip, String> trip = book();

		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(trip::result)
			.withStackTraceContaining("book car");

		assertThat(trips.log).containsExactly("book flight", "book hotel", "cancel flight-1");
		assertThat(trip).scheduled("Trips.cancel").times(2);
	}

	@Test
	void shouldUndoStepsOfACancelledWorkflow() {
		WorkflowHandle<BookTrip, String> trip = book();
		environment.time().settle();

		trip.cancel();
		environment.time().settle();

		assertThat(trip).canceled().cancelRequested();
		assertThat(trips.log).containsExactly("book flight", "book hotel", "cancel hotel-1", "cancel flight-1");
	}

	@Test
	void shouldGoOnAfterACrash() {
		trips.impossible.add("book car");
		book();
		environment.time().settle();

		environment.crash();

		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> environment.client().handle(BookTrip.class, "trip").result());
		assertThat(trips.log).containsExactly("book flight", "book hotel", "cancel hotel-1", "cancel flight-1");
	}

	@Test
	void shouldUndoTheSameWhereverItCrashes() {
		trips.impossible.add("book car");

		CrashTest.atEveryEvent(environment, () -> {
			WorkflowHandle<BookTrip, String> trip = book();
			assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(trip::result);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void shouldRunEachCompensationOnce(boolean parallel) {
		trips.impossible.add("book car");

		String result = byHand(parallel, false).result();

		assertThat(result).isEqualTo("undone after book car");
		assertThat(trips.log).startsWith("book flight", "book hotel")
			.containsExactlyInAnyOrder("book flight", "book hotel", "cancel hotel", "cancel flight");
	}

	@Test
	void shouldBeginParallelCompensationsAtOnce() {
		trips.impossible.add("book car");
		WorkflowHandle<BookByHand, String> trip = byHand(true, false);
		environment.time().settle();

		assertThat(trip).hasEventsInOrder("ActivityFailed Trips.book", "ActivityScheduled Trips.cancel",
				"ActivityScheduled Trips.cancel", "ActivityCompleted Trips.cancel");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void shouldTellWhichCompensationsFailed(boolean parallel) {
		trips.impossible.add("book car");
		trips.impossible.add("cancel hotel");
		trips.impossible.add("cancel flight");
		WorkflowHandle<BookByHand, String> trip = byHand(parallel, false);

		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(trip::result)
			.withStackTraceContaining("Expected all steps to be undone, but 2 compensations failed")
			.withStackTraceContaining(parallel ? "cancel " : "cancel hotel");

		assertThat(trip).failedWith(Saga.COMPENSATION_FAILED);
	}

	@Test
	void shouldStopAtTheFirstFailureIfToldTo() {
		trips.impossible.add("book car");
		trips.impossible.add("cancel hotel");
		WorkflowHandle<BookByHand, String> trip = byHand(false, true);

		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(trip::result);

		assertThat(trip).scheduled("Trips.cancel").once().withArguments("hotel");
	}

	@Test
	void shouldUndoNothingForABug() {
		WorkflowHandle<Careless, Void> careless = environment.client()
			.startVoid(Careless.class, Careless::run, StartOptions.withId("careless"));
		environment.time().settle();

		assertThat(careless.describe().stall()).isNotNull();
		assertThat(careless).scheduled("Trips.book").once().notScheduled("Trips.cancel");
	}

	@Test
	void shouldBeMadeInWorkflowsOnly() {
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(Workflows::saga)
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_IN_WORKFLOW));
	}

	private WorkflowHandle<BookTrip, String> book() {
		return environment.client().start(BookTrip.class, w -> w.run("Oslo"), StartOptions.withId("trip"));
	}

	private WorkflowHandle<BookByHand, String> byHand(boolean parallel, boolean stopping) {
		return environment.client()
			.start(BookByHand.class, w -> w.run(parallel, stopping), StartOptions.withId("trip"));
	}

	@Workflow
	public static class Careless {

		private final Trips trips;

		Careless(Trips trips) {
			this.trips = trips;
		}

		@Workflow.Run
		public void run() {
			Workflows.sagaVoid(saga -> {
				saga.step(() -> trips.book("flight"), trips::cancel);
				throw new NullPointerException("a bug");
			});
		}

	}

}
