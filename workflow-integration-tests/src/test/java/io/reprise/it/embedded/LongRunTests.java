package io.reprise.it.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.reprise.Activity;
import io.reprise.ApplicationFailure;
import io.reprise.ErrorCode;
import io.reprise.HistoryEntry;
import io.reprise.RetrySettings;
import io.reprise.StartOptions;
import io.reprise.TimeoutFailure;
import io.reprise.TimeoutType;
import io.reprise.Workflow;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowException;
import io.reprise.WorkflowFailedException;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowInfo;
import io.reprise.WorkflowStatus;
import io.reprise.WorkflowSummary;
import io.reprise.Workflows;
import io.reprise.testkit.WorkflowTestEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Runs that follow others, begin late, run again or run out of time, in virtual time.
 */
class LongRunTests {

	private final Attempts attempts = new Attempts();

	private WorkflowTestEnvironment environment;

	private WorkflowClient client;

	@BeforeEach
	void start() {
		environment = WorkflowTestEnvironment
			.of(Subscription.class, Farewell.class, Flaky.class, Report.class, Broken.class)
			.activities(attempts)
			.start();
		client = environment.client();
	}

	@AfterEach
	void stop() {
		environment.close();
	}

	@Test
	void shouldGoOnInNewRunsAndReturnTheResultOfTheLast() {
		WorkflowHandle<Subscription, String> handle = client.start(Subscription.class, (w) -> w.run(1, List.of()),
				StartOptions.withId("s-1"));
		client.handle(Subscription.class, "s-1").signal((w) -> w.note("first"));
		environment.time().advance(Duration.ofDays(30));
		client.handle(Subscription.class, "s-1").signal((w) -> w.note("second"));
		assertThat(client.handle(Subscription.class, "s-1").query(Subscription::month)).isEqualTo(2);

		assertThat(handle.result()).isEqualTo("bye after 3 months: [first, second]");
		assertThat(client.handle(Subscription.class, "s-1").result()).isEqualTo("bye after 3 months: [first, second]");
		List<WorkflowSummary> runs = client.list("workflowId = 's-1' ORDER BY startTime ASC").workflows();
		assertThat(runs).extracting(WorkflowSummary::status)
			.containsExactly(WorkflowStatus.CONTINUED_AS_NEW, WorkflowStatus.CONTINUED_AS_NEW,
					WorkflowStatus.CONTINUED_AS_NEW, WorkflowStatus.COMPLETED);
		assertThat(runs.getLast().workflowType()).isEqualTo("Farewell");
		assertThat(client.list("status = 'ContinuedAsNew'").workflows()).hasSize(3);
	}

	@Test
	void shouldSayThatARunHasContinued() {
		WorkflowHandle<Subscription, String> handle = client.start(Subscription.class, (w) -> w.run(1, List.of()),
				StartOptions.withId("s-2"));
		handle.result();

		WorkflowFailedException failure = catchThrowableOfType(WorkflowFailedException.class,
				() -> client.handle("s-2", handle.runId()).result(String.class));

		String next = (String) last(handle.history()).attributes().get("nextRunId");
		assertThat(failure.status()).isEqualTo(WorkflowStatus.CONTINUED_AS_NEW);
		assertThat(failure.nextRunId()).contains(next);
		assertThat(failure).hasMessageContaining("goes on in run " + next);
	}

	@Test
	void shouldKnowItsChain() {
		WorkflowHandle<Subscription, String> handle = client.start(Subscription.class, (w) -> w.run(3, List.of()),
				StartOptions.withId("s-3"));
		handle.result();

		WorkflowInfo info = client.handle(Farewell.class, "s-3").query(Farewell::info);
		assertThat(info.firstRunId()).isEqualTo(handle.runId());
		assertThat(info.previousRunId()).isEqualTo(handle.runId());
		assertThat(info.isContinueAsNewSuggested()).isFalse();
	}

	@Test
	void shouldNotWaitForEverForARunThatFollowsAndIsStalled() {
		assertThatThrownBy(() -> client.execute(Broken.class, (w) -> w.run(1), StartOptions.withId("b-1")))
			.isInstanceOf(AssertionError.class)
			.hasMessageContaining("a bug stalls it")
			.hasMessageContaining("broken in run 2");
	}

	@Test
	void shouldRunOutOfTimeAlsoAfterACrash() {
		Instant start = environment.time().now();
		client.start(Subscription.class, (w) -> w.run(1, List.of()),
				StartOptions.withId("s-4").executionTimeout(Duration.ofDays(45)));
		environment.time().advance(Duration.ofDays(40));
		environment.crash();

		assertTimedOut(() -> environment.client().handle("s-4").result(String.class), TimeoutType.SCHEDULE_TO_CLOSE);
		assertThat(environment.time().now()).isAfterOrEqualTo(start.plus(Duration.ofDays(45)));
	}

	@Test
	void shouldTryAgainAfterAWhile() {
		Flaky.failures = 2;
		StartOptions options = StartOptions.withId("f-1")
			.retry(RetrySettings.defaults().withBackoff(Duration.ofMinutes(1), 2, Duration.ofHours(1)));

		String result = client.execute(Flaky.class, (w) -> w.run("x"), options);

		assertThat(result).isEqualTo("x at attempt 3");
		List<Instant> times = attempts.times;
		assertThat(times).hasSize(3);
		assertThat(times.get(1)).isAfterOrEqualTo(times.get(0).plus(Duration.ofMinutes(1)));
		assertThat(times.get(2)).isAfterOrEqualTo(times.get(1).plus(Duration.ofMinutes(2)));
	}

	@Test
	void shouldGiveUpAfterTheLastAttempt() {
		Flaky.failures = 9;
		StartOptions options = StartOptions.withId("f-2").retry(RetrySettings.defaults().withMaximumAttempts(2));

		assertThatThrownBy(() -> client.execute(Flaky.class, (w) -> w.run("x"), options))
			.isInstanceOfSatisfying(WorkflowFailedException.class, (ex) -> {
				assertThat(ex.status()).isEqualTo(WorkflowStatus.FAILED);
				assertThat(ex.nextRunId()).isEmpty();
			});
		assertThat(attempts.times).hasSize(2);
	}

	@Test
	void shouldBeginLate() {
		Flaky.failures = 0;
		Instant start = environment.time().now();
		WorkflowHandle<Flaky, String> handle = client.start(Flaky.class, (w) -> w.run("x"),
				StartOptions.withId("f-3").startDelay(Duration.ofHours(2)));
		environment.time().advance(Duration.ofHours(1));
		assertThat(attempts.times).isEmpty();
		assertThat(handle.describe().status()).isEqualTo(WorkflowStatus.RUNNING);
		assertThatThrownBy(() -> handle.query(Flaky::attempt))
			.isInstanceOfSatisfying(WorkflowException.class,
					(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.QUERY_FAILED))
			.hasMessageContaining("it has not begun and does so at");
		environment.crash();

		assertThat(environment.client().handle("f-3").result(String.class)).isEqualTo("x at attempt 1");
		assertThat(attempts.times.getFirst()).isAfterOrEqualTo(start.plus(Duration.ofHours(2)));
	}

	@Test
	void shouldEndAtOnceWhenCancelledBeforeItBegins() {
		WorkflowHandle<Flaky, String> handle = client.start(Flaky.class, (w) -> w.run("x"),
				StartOptions.withId("f-4").startDelay(Duration.ofHours(2)));

		handle.cancel();

		assertThat(handle.describe().status()).isEqualTo(WorkflowStatus.CANCELED);
	}

	@Test
	void shouldRunAtMidnightInItsZoneUntilTerminated() {
		client.start(Report.class, (w) -> w.run(), StartOptions.withId("r-1").cron("0 0 * * *", ZoneId.of("+02:00")));
		environment.time().advance(Duration.ofDays(3));

		List<Instant> times = attempts.times;
		assertThat(times).hasSize(3);
		assertThat(times).allSatisfy((time) -> assertThat(time.atZone(ZoneOffset.UTC).getHour()).isEqualTo(22));
		assertThat(client.handle("r-1").describe().status()).isEqualTo(WorkflowStatus.RUNNING);
		client.handle("r-1").terminate("enough");
		environment.time().advance(Duration.ofDays(3));
		assertThat(attempts.times).hasSize(3);
		assertThat(client.list("workflowId = 'r-1' AND status = 'Completed'").workflows()).hasSize(3);
		assertThat(attempts.notes).containsExactly("after null", "after 1", "after 2");
	}

	@Test
	void shouldRefuseACronExpressionThatCannotBeRead() {
		assertThatThrownBy(
				() -> client.start(Report.class, (w) -> w.run(), StartOptions.withId("r-2").cron("every day")))
			.isInstanceOf(WorkflowException.class)
			.hasMessageContaining("Expected a cron expression that is due some day");
	}

	private static HistoryEntry last(List<HistoryEntry> history) {
		return history.getLast();
	}

	private static void assertTimedOut(Runnable result, TimeoutType type) {
		assertThatThrownBy(result::run).isInstanceOfSatisfying(WorkflowFailedException.class, (ex) -> {
			assertThat(ex.status()).isEqualTo(WorkflowStatus.TIMED_OUT);
			assertThat(ex.getCause()).isInstanceOfSatisfying(TimeoutFailure.class,
					(timeout) -> assertThat(timeout.timeoutType()).isEqualTo(type));
		});
	}

	/** Notes when it is called. */
	@Activity
	public static class Attempts {

		final List<Instant> times = new CopyOnWriteArrayList<>();

		final List<String> notes = new CopyOnWriteArrayList<>();

		public void note(Instant time, String note) {
			times.add(time);
			notes.add(note);
		}

	}

	/** Runs for a month at a time. */
	@Workflow("Subscription")
	public static class Subscription {

		private final List<String> notes = new ArrayList<>();

		private int month;

		@Workflow.Run
		public String run(int month, List<String> before) {
			this.month = month;
			notes.addAll(0, before);
			Workflows.sleep(Duration.ofDays(30));
			if (month < 3) {
				return Workflows.continueAsNew(month + 1, notes);
			}
			return Workflows.continueAsNew(Farewell.class, (w) -> w.run(month, notes));
		}

		@Workflow.Signal
		public void note(String note) {
			notes.add(note);
		}

		@Workflow.Query
		public int month() {
			return month;
		}

	}

	/** What a subscription ends with. */
	@Workflow("Farewell")
	public static class Farewell {

		@Workflow.Run
		public String run(int months, List<String> notes) {
			return "bye after " + months + " months: " + notes;
		}

		@Workflow.Query
		public WorkflowInfo info() {
			return Workflows.info();
		}

	}

	/** Has a bug that its first run does not meet. */
	@Workflow("Broken")
	public static class Broken {

		@Workflow.Run
		public int run(int number) {
			if (number > 1) {
				throw new IndexOutOfBoundsException("broken in run " + number);
			}
			return Workflows.continueAsNew(number + 1);
		}

	}

	/** Fails at first. */
	@Workflow("Flaky")
	public static class Flaky {

		private static volatile int failures;

		private final Attempts attempts;

		Flaky(Attempts attempts) {
			this.attempts = attempts;
		}

		@Workflow.Run
		public String run(String argument) {
			attempts.note(Workflows.now(), argument);
			if (Workflows.info().attempt() <= failures) {
				throw ApplicationFailure.retryable("NotYet", "not yet");
			}
			return argument + " at attempt " + Workflows.info().attempt();
		}

		@Workflow.Query
		public int attempt() {
			return Workflows.info().attempt();
		}

	}

	/** Counts up from its last result. */
	@Workflow("Report")
	public static class Report {

		private final Attempts attempts;

		Report(Attempts attempts) {
			this.attempts = attempts;
		}

		@Workflow.Run
		public int run() {
			Integer last = Workflows.lastResult(Integer.class);
			attempts.note(Workflows.now(), "after " + last);
			return (last != null) ? last + 1 : 1;
		}

	}

}
