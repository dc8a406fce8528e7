package io.reprise.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.Placement;
import io.reprise.StartOptions;
import io.reprise.Workflow;
import io.reprise.WorkflowHandle;
import io.reprise.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WorkflowReplayer} and {@link Histories}.
 */
@Timeout(60)
class WorkflowReplayerTests {

	@TempDir
	private Path folder;

	private WorkflowTestEnvironment environment;

	@BeforeEach
	void start() {
		environment = WorkflowTestEnvironment.of(First.class).activities(new Kitchen()).start();
	}

	@AfterEach
	void stop() {
		environment.close();
	}

	@Test
	void shouldReplayTheCodeThatRecorded() {
		begin("open");
		Histories.write(folder.resolve("a/open.json"), environment.client().handle("open"));
		begin("closed").result();
		Histories.write(folder.resolve("closed.json"), environment.client().handle("closed"));

		assertThat(WorkflowReplayer.of(First.class).replayFolder(folder)).isEqualTo(2);
		assertThat(WorkflowReplayer.of(First.class).tests(folder).map(DynamicTest::getDisplayName))
			.containsExactly("open.json", "closed.json");
		assertThat(Histories.read(folder.resolve("closed.json")).isClosed()).isTrue();
		assertThat(Histories.read(folder.resolve("a/open.json")).isClosed()).isFalse();
	}

	@Test
	void shouldShowWhereTheCodeParts() {
		begin("open");
		RecordedHistory history = RecordedHistory.of(environment.client().handle("open"));

		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> WorkflowReplayer.of(Changed.class).replay(history))
			.withMessageContaining("Expected history of workflow 'open' of Cook 'open' (run " + history.runId()
					+ ") to replay, but it does not [NON_DETERMINISM]")
			.withMessageContaining("In the turn of event 2:\n    runs local activity Kitchen.fetch (1) (event 3)\n"
					+ "    runs a side effect (event 4)\n  - starts a timer (2) (event 5)\n"
					+ "  - schedules activity Kitchen.cook (3) (event 6)\n"
					+ "  + schedules activity Kitchen.serve (2)\n");
	}

	@Test
	void shouldShowWhatTheCodeNoLongerDoes() {
		begin("open");
		RecordedHistory history = RecordedHistory.of(environment.client().handle("open"));

		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> WorkflowReplayer.of(Shortened.class).replay(history))
			.withMessageContaining("    starts a timer (2) (event 5)\n"
					+ "  - schedules activity Kitchen.cook (3) (event 6)\n  + nothing more\n");
	}

	@Test
	void shouldReplayWhatIsOpenInAStore() {
		begin("closed").result();
		for (int i = 0; i < 120; i++) {
			begin("open-" + i);
		}

		assertThat(WorkflowReplayer.of(First.class).replayOpen(Histories.open(environment.client()))).isEqualTo(120);
		assertThat(WorkflowReplayer.of(First.class).replayOpen(Stream.of())).isZero();
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> WorkflowReplayer.of(Changed.class).replayOpen(Histories.open(environment.client())))
			.withMessageStartingWith(
					"Expected 120 histories to replay, but 120 of them do not, of which the first are:");
	}

	@Test
	void shouldRefuseToReplayNothing() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> WorkflowReplayer.of(First.class).replayFolder(folder))
			.withMessage("Expected histories to replay, but there are none");
		begin("open");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(
				() -> WorkflowReplayer.of(Other.class).replay(RecordedHistory.of(environment.client().handle("open"))))
			.withMessageStartingWith(
					"Expected the code of workflow type 'Cook', which history of workflow 'open' of Cook");
	}

	@Test
	void shouldSayWhichFileHoldsNoHistory() throws Exception {
		Files.writeString(folder.resolve("broken.json"), "{\"v\":1}");

		assertThatExceptionOfType(io.reprise.WorkflowException.class)
			.isThrownBy(() -> WorkflowReplayer.of(First.class).replayFolder(folder))
			.withMessageContaining("Expected the exported history broken.json to be readable, but");
	}

	private WorkflowHandle<First, String> begin(String id) {
		WorkflowHandle<First, String> handle = environment.client()
			.start(First.class, w -> w.run("soup"), StartOptions.withId(id));
		environment.time().settle();
		return handle;
	}

	@Activity
	public static class Kitchen {

		@ActivityOptions(placement = Placement.LOCAL)
		public String fetch(String what) {
			return what;
		}

		public String cook(String what) {
			return "hot " + what;
		}

		public String serve(String what) {
			return what;
		}

	}

	@Workflow("Cook")
	public static class First {

		private final Kitchen kitchen;

		First(Kitchen kitchen) {
			this.kitchen = kitchen;
		}

		@Workflow.Run
		public String run(String dish) {
			kitchen.fetch(dish);
			Workflows.sideEffect(Integer.class, () -> 7);
			Workflows.asyncVoid(() -> kitchen.cook(dish));
			Workflows.sleep(Duration.ofHours(1));
			return kitchen.serve(dish);
		}

	}

	@Workflow("Cook")
	public static class Changed {

		private final Kitchen kitchen;

		Changed(Kitchen kitchen) {
			this.kitchen = kitchen;
		}

		@Workflow.Run
		public String run(String dish) {
			kitchen.fetch(dish);
			Workflows.sideEffect(Integer.class, () -> 8);
			return kitchen.serve(dish);
		}

	}

	@Workflow("Cook")
	public static class Shortened {

		private final Kitchen kitchen;

		Shortened(Kitchen kitchen) {
			this.kitchen = kitchen;
		}

		@Workflow.Run
		public String run(String dish) {
			kitchen.fetch(dish);
			Workflows.sideEffect(Integer.class, () -> 9);
			Workflows.sleep(Duration.ofHours(1));
			return kitchen.cook(dish);
		}

	}

	@Workflow
	public static class Other {

		@Workflow.Run
		public void run() {
			Workflows.sleep(Duration.ofHours(1));
		}

	}

}
