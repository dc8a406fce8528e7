package io.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import io.reprise.Activity;
import io.reprise.StartOptions;
import io.reprise.Workflow;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowStatus;
import io.reprise.Workflows;
import io.reprise.definition.DefinitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WorkflowTestEnvironment}: its time, before and after the process ends.
 */
@Timeout(60)
class WorkflowTestEnvironmentTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private WorkflowTestEnvironment environment;

	@BeforeEach
	void start() {
		environment = WorkflowTestEnvironment.of(Nap.class, Doorman.class).start();
	}

	@AfterEach
	void stop() {
		environment.close();
	}

	@Test
	void shouldFireTimersToTheMomentAfterACrash() {
		Instant due = nap("nap");

		environment.crash();

		assertWokenAt(due, "nap");
	}

	@Test
	void shouldFireTimersToTheMomentAfterADeployment() {
		Instant due = nap("nap");

		environment.deploy(Nap.class);

		assertWokenAt(due, "nap");
	}

	@Test
	void shouldFireTimersThatACrashLeftBehind() {
		Instant due = nap("nap");
		environment.time().advance(HOUR.minusMillis(1));

		environment.crash();
		environment.crash();

		assertWokenAt(due, "nap");
	}

	@Test
	void shouldFireAllTimersAfterACrash() {
		for (int i = 0; i < 600; i++) {
			nap("nap-" + i);
		}

		environment.crash();
		environment.time().advance(HOUR.multipliedBy(2));

		assertThat(environment.client().list("status = 'Running'").workflows()).isEmpty();
	}

	@Test
	void shouldNotWaitForEverForAMessage() {
		Instant start = environment.time().now();
		WorkflowHandle<Doorman, String> handle = environment.client()
			.start(Doorman.class, (w) -> w.run(), StartOptions.withId("doorman"));

		assertThatExceptionOfType(AssertionError.class).isThrownBy(handle::result)
			.withMessageStartingWith("Expected workflow 'doorman' to end, but it waits");

		assertThat(environment.time().now()).isEqualTo(start);
		handle.signal((w) -> w.open("Ada"));
		assertThat(handle.result()).isEqualTo("Ada");
	}

	@Test
	void shouldNotWaitForEverForAnActivityThatAlwaysFails() {
		try (WorkflowTestEnvironment broken = WorkflowTestEnvironment.of(Caller.class)
			.activities(new Phone())
			.start()) {
			WorkflowHandle<Caller, String> handle = broken.client()
				.start(Caller.class, (w) -> w.run(), StartOptions.withId("caller"));

			assertThatExceptionOfType(AssertionError.class).isThrownBy(handle::result)
				.withMessageStartingWith(
						"Expected activity Phone.call of workflow 'caller' to succeed or to be given up")
				.withMessageContaining("no answer");
		}
	}

	@Test
	void shouldRefuseWorkflowsWhoseActivitiesAreMissing() {
		try (WorkflowTestEnvironment incomplete = WorkflowTestEnvironment.of(Caller.class)) {
			assertThatExceptionOfType(DefinitionException.class).isThrownBy(incomplete::start)
				.withMessageContaining("but no bean provides Phone.call");
		}
	}

	@Test
	void shouldTakeFunctionsForActivities() {
		try (WorkflowTestEnvironment replaced = WorkflowTestEnvironment.of(Caller.class)
			.activity("Phone.call", (arguments) -> "hello")
			.start()) {
			String result = replaced.client().execute(Caller.class, (w) -> w.run(), StartOptions.withId("caller"));

			assertThat(result).isEqualTo("hello");
		}
	}

	@Test
	void shouldReplaceOneActivityOfAnObject() {
		AtomicInteger failures = new AtomicInteger();
		try (WorkflowTestEnvironment replaced = WorkflowTestEnvironment.of(Visitor.class)
			.activities(new Door())
			.activity("Door.ring", (arguments) -> {
				if (failures.incrementAndGet() < 3) {
					throw new java.io.IOException("no power");
				}
				return "fake bell for " + arguments[0];
			})
			.start()) {
			String result = replaced.client()
				.execute(Visitor.class, (w) -> w.run("Ada"), StartOptions.withId("visitor"));

			assertThat(result).isEqualTo("fake bell for Ada, door open");
			assertThat(failures).hasValue(3);
		}
	}

	@Test
	void shouldTakeLambdasOfActivityInterfaces() {
		Bell bell = (who) -> "bell for " + who;
		try (WorkflowTestEnvironment lambdas = WorkflowTestEnvironment.of(Guest.class).activities(bell).start()) {
			String result = lambdas.client().execute(Guest.class, (w) -> w.run("Ada"), StartOptions.withId("guest"));

			assertThat(result).isEqualTo("bell for Ada");
		}
	}

	@Test
	void shouldRefuseFunctionsForActivitiesThatNobodyTakes() {
		try (WorkflowTestEnvironment wrong = WorkflowTestEnvironment.of(Caller.class)
			.activity("Phone.cal", (arguments) -> "hello")) {
			assertThatExceptionOfType(DefinitionException.class).isThrownBy(wrong::start)
				.withMessageContaining("Expected names of activities that the workflows take, but found [Phone.cal]");
		}
	}

	@Test
	void shouldBeginAnew() {
		nap("nap");

		environment.reset();

		assertThat(environment.client().list("").workflows()).isEmpty();
		nap("nap");
		assertThat(environment.client().list("").workflows()).hasSize(1);
	}

	private Instant nap(String id) {
		environment.client().start(Nap.class, (w) -> w.run(), StartOptions.withId(id));
		environment.time().settle();
		return environment.time().now().plus(HOUR);
	}

	/** Without asking for the result, which would let time pass by itself. */
	private void assertWokenAt(Instant due, String id) {
		WorkflowRef ref = environment.client().handle(id);
		environment.time().advanceTo(due.minusMillis(1));
		assertThat(ref.describe().status()).isEqualTo(WorkflowStatus.RUNNING);
		environment.time().advance(HOUR);
		assertThat(ref.describe().status()).isEqualTo(WorkflowStatus.COMPLETED);
		assertThat(ref.result(Instant.class)).isEqualTo(due);
	}

	@Workflow
	static class Nap {

		@Workflow.Run
		public Instant run() {
			Workflows.sleep(HOUR);
			return Workflows.now();
		}

	}

	@Activity
	static class Phone {

		public String call() {
			throw new IllegalStateException("no answer");
		}

	}

	@Workflow
	static class Caller {

		private final Phone phone;

		Caller(Phone phone) {
			this.phone = phone;
		}

		@Workflow.Run
		public String run() {
			return phone.call();
		}

	}

	@Activity
	static class Door {

		public String ring(String who) {
			return "bell for " + who;
		}

		public String open() {
			return "door open";
		}

	}

	@Workflow
	static class Visitor {

		private final Door door;

		Visitor(Door door) {
			this.door = door;
		}

		@Workflow.Run
		public String run(String who) {
			return door.ring(who) + ", " + door.open();
		}

	}

	@Activity
	interface Bell {

		String ring(String who);

	}

	@Workflow
	static class Guest {

		private final Bell bell;

		Guest(Bell bell) {
			this.bell = bell;
		}

		@Workflow.Run
		public String run(String who) {
			return bell.ring(who);
		}

	}

	@Workflow
	static class Doorman {

		private String visitor = "";

		@Workflow.Run
		public String run() {
			Workflows.await(() -> !visitor.isEmpty());
			return visitor;
		}

		@Workflow.Signal
		public void open(String name) {
			visitor = name;
		}

	}

}
