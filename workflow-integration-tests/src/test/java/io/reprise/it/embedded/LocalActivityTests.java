package io.reprise.it.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.HistoryEntry;
import io.reprise.Placement;
import io.reprise.StartOptions;
import io.reprise.Workflow;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowRef;
import io.reprise.Workflows;
import io.reprise.testkit.WorkflowTestEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Local activities in virtual time, with crashes.
 */
@Timeout(60)
class LocalActivityTests {

	private final Desk desk = new Desk();

	private WorkflowTestEnvironment environment;

	@BeforeEach
	void start() {
		environment = WorkflowTestEnvironment.of(Clerk.class, Patient.class).activities(desk).start();
	}

	@AfterEach
	void stop() {
		environment.close();
	}

	@Test
	void shouldNotRepeatWhatIsRecordedAfterACrash() {
		WorkflowHandle<Clerk, List<String>> clerk = environment.client()
			.start(Clerk.class, (w) -> w.run(3), StartOptions.withId("clerk"));
		environment.time().advance(Duration.ofMinutes(90));
		assertThat(clerk.query(Clerk::stamped)).hasSize(2);

		environment.crash();

		Object result = environment.client().handle(Clerk.class, "clerk").result();
		assertThat(result).isEqualTo(List.of("stamp 0", "stamp 1", "stamp 2"));
		assertThat(desk.calls).containsExactly("0", "1", "2");
	}

	@Test
	void shouldGoOnWithTheNextAttemptAfterALongWaitAndACrash() {
		WorkflowHandle<Patient, Integer> patient = environment.client()
			.start(Patient.class, (w) -> w.run(3), StartOptions.withId("patient"));
		environment.time().advance(Duration.ofMinutes(30));
		assertThat(desk.calls).containsExactly("attempt 1");
		assertThat(types(patient)).endsWith("LocalActivityBackedOff");

		environment.crash();

		assertThat(environment.client().handle(Patient.class, "patient").result()).isEqualTo(3);
		assertThat(desk.calls).containsExactly("attempt 1", "attempt 2", "attempt 3");
	}

	@Test
	void shouldMoveNowOn() {
		Instant start = environment.time().now();
		WorkflowHandle<Clerk, List<String>> clerk = environment.client()
			.start(Clerk.class, (w) -> w.run(1), StartOptions.withId("clerk"));
		clerk.result();

		assertThat(clerk.query(Clerk::times)).hasSize(2).allSatisfy((time) -> assertThat(time).isAfterOrEqualTo(start));
		List<Instant> times = clerk.query(Clerk::times);
		environment.evictAll();
		assertThat(clerk.query(Clerk::times)).isEqualTo(times);
	}

	private static List<String> types(WorkflowRef workflow) {
		return workflow.history().stream().map(HistoryEntry::type).toList();
	}

	/** Stamps once an hour. */
	@Workflow
	public static class Clerk {

		private final Desk desk;

		private final List<String> stamped = new ArrayList<>();

		private final List<Instant> times = new ArrayList<>();

		Clerk(@ActivityOptions(placement = Placement.LOCAL) Desk desk) {
			this.desk = desk;
		}

		@Workflow.Run
		public List<String> run(int stamps) {
			times.add(Workflows.now());
			for (int i = 0; i < stamps; i++) {
				stamped.add(desk.stamp(i));
				times.add(Workflows.now());
				Workflows.sleep(Duration.ofHours(1));
			}
			return stamped;
		}

		@Workflow.Query
		public List<String> stamped() {
			return stamped;
		}

		@Workflow.Query
		public List<Instant> times() {
			return times;
		}

	}

	/** Waits an hour between attempts. */
	@Workflow
	public static class Patient {

		private final Desk desk;

		Patient(@ActivityOptions(placement = Placement.LOCAL, initialInterval = "1h",
				backoffCoefficient = 1) Desk desk) {
			this.desk = desk;
		}

		@Workflow.Run
		public int run(int attempts) {
			return desk.openAt(attempts);
		}

	}

	/** Where stamps are given. */
	@Activity
	public static class Desk {

		final List<String> calls = new CopyOnWriteArrayList<>();

		public String stamp(int number) {
			calls.add("" + number);
			return "stamp " + number;
		}

		public int openAt(int attempt) {
			calls.add("attempt " + Activities.info().attempt());
			if (Activities.info().attempt() < attempt) {
				throw new IllegalStateException("Closed");
			}
			return Activities.info().attempt();
		}

	}

}
