package io.reprise.it.features;

import java.time.Duration;
import java.time.Instant;

import io.reprise.ErrorCode;
import io.reprise.RetrySettings;
import io.reprise.StartOptions;
import io.reprise.TimeoutFailure;
import io.reprise.WorkflowFailedException;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowStatus;
import io.reprise.it.features.shop.LongRuns.Endless;
import io.reprise.it.features.shop.LongRuns.Persistent;
import io.reprise.it.features.shop.LongRuns.Tally;
import io.reprise.it.features.shop.LongRuns.Turnstile;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs that follow others, begin late, run again or run out of time.
 */
abstract class LongRunSuite extends FeatureSuite {

	LongRunSuite(Database database) {
		super(database);
	}

	@Test
	void shouldHearEverySignalInSomeRun() {
		String id = newId("turnstile");
		WorkflowHandle<Turnstile, Integer> first = client.start(Turnstile.class, (w) -> w.run(0),
				StartOptions.withId(id));
		WorkflowHandle<Turnstile, Object> latest = client.handle(Turnstile.class, id);
		for (int i = 0; i < 50; i++) {
			String guest = "guest " + i;
			latest.signal((w) -> w.pass(guest));
			if (i == 20) {
				evictAll();
			}
		}

		latest.signal((w) -> w.close());

		assertThat(first.result(PATIENCE)).isEqualTo(50);
		assertThat(client.handle(id).result(Integer.class, PATIENCE)).isEqualTo(50);
		assertThat(client.list("workflowId = '%s' AND status = 'ContinuedAsNew'".formatted(id)).workflows())
			.hasSizeBetween(2, 17);
		WorkflowFailedException failure = failureOf(client.handle(id, first.runId()), WorkflowStatus.CONTINUED_AS_NEW);
		assertThat(failure.nextRunId()).isPresent();
		assertCode(ErrorCode.WORKFLOW_CLOSED, () -> first.signal((w) -> w.pass("too late")));
	}

	@Test
	void shouldAskTheLatestRun() {
		String id = newId("turnstile");
		client.start(Turnstile.class, (w) -> w.run(0), StartOptions.withId(id));
		WorkflowHandle<Turnstile, Object> latest = client.handle(Turnstile.class, id);
		for (String guest : new String[] { "Ada", "Grace", "Joan", "Mary" }) {
			latest.signal((w) -> w.pass(guest));
		}

		assertThat(latest.query(Turnstile::guests)).isSubsetOf("Ada", "Grace", "Joan", "Mary");
		latest.signal((w) -> w.close());
		assertThat(client.handle(id).result(Integer.class, PATIENCE)).isEqualTo(4);
	}

	@Test
	void shouldRunOutOfTimeButNotEarly() {
		StartOptions options = withNewId("endless").runTimeout(Duration.ofMillis(700));
		WorkflowHandle<Endless, String> handle = client.start(Endless.class, (w) -> w.run(), options);

		WorkflowFailedException failure = failureOf(handle, WorkflowStatus.TIMED_OUT);

		assertThat(failure.getCause()).isInstanceOf(TimeoutFailure.class)
			.hasMessageContaining("did not end within its run time-out of PT0.7S");
		Instant closed = event(handle, "WorkflowTimedOut").time();
		assertThat(closed).isAfterOrEqualTo(event(handle, "WorkflowStarted").time().plusMillis(700));
	}

	@Test
	void shouldTryAgainAfterAFailure() {
		StartOptions options = withNewId("stubborn")
			.retry(RetrySettings.defaults().withBackoff(Duration.ofMillis(50), 2, Duration.ofSeconds(1)));

		String result = client.execute(Persistent.class, (w) -> w.run(3), options);

		assertThat(result).isEqualTo("attempt 3");
	}

	@Test
	void shouldBeginLate() {
		StartOptions options = withNewId("stubborn").startDelay(Duration.ofMillis(600));
		WorkflowHandle<Persistent, String> handle = client.start(Persistent.class, (w) -> w.run(1), options);
		assertThat(handle.describe().status()).isEqualTo(WorkflowStatus.RUNNING);

		assertThat(handle.result(PATIENCE)).isEqualTo("attempt 1");

		assertThat(event(handle, "WorkflowTaskCompleted").time())
			.isAfterOrEqualTo(event(handle, "WorkflowStarted").time().plusMillis(600));
	}

	@Test
	void shouldEndAtOnceWhenItIsCancelledBeforeItBegins() {
		StartOptions options = withNewId("stubborn").startDelay(Duration.ofDays(1));
		WorkflowHandle<Persistent, String> handle = client.start(Persistent.class, (w) -> w.run(1), options);
		assertCode(ErrorCode.QUERY_FAILED, () -> client.handle(handle.workflowId()).query("any", String.class));

		handle.cancel();

		failureOf(handle, WorkflowStatus.CANCELED);
	}

	@Test
	void shouldRunAgainAndAgain() {
		String id = newId("tally");
		client.start(Tally.class, (w) -> w.run(), StartOptions.withId(id).cron("* * * * * *"));
		WorkflowRef tally = client.handle(id);

		eventually().until(
				() -> client.list("workflowId = '%s' AND status = 'Completed'".formatted(id)).workflows().size() >= 2);

		assertThat(tally.describe().status()).isEqualTo(WorkflowStatus.RUNNING);
		tally.terminate("enough");
		failureOf(tally, WorkflowStatus.TERMINATED);
		assertThat(client.list("workflowId = '%s' AND status = 'Completed' ORDER BY startTime ASC".formatted(id))
			.workflows()
			.stream()
			.limit(2)
			.map((run) -> client.handle(id, run.runId()).history().getLast().attributes().get("result")))
			.containsExactly("1", "2");
	}

}
