package io.reprise.it.features;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.reprise.ActivityFailure;
import io.reprise.ActivitySettings;
import io.reprise.ApplicationFailure;
import io.reprise.TimeoutFailure;
import io.reprise.TimeoutType;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowStatus;
import io.reprise.it.features.shop.Partner.Fault;
import io.reprise.it.features.shop.Partner.Script;
import io.reprise.it.features.shop.PartnerWorkflows.CallPartner;
import io.reprise.it.features.shop.PartnerWorkflows.CopyPages;
import io.reprise.it.features.shop.PartnerWorkflows.Crowd;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Retries, time-outs and heartbeats of activities.
 */
abstract class RetrySuite extends FeatureSuite {

	private static final int ALWAYS = Integer.MAX_VALUE;

	/** What the ticker and the database's clock may differ by between two looks. */
	private static final Duration TOLERANCE = Duration.ofMillis(10);

	private static final ActivitySettings QUICK = ActivitySettings.none()
		.withBackoff(Duration.ofMillis(20), 1, Duration.ofMillis(20));

	RetrySuite(Database database) {
		super(database);
	}

	@Test
	void shouldWaitLongerBetweenAttemptsUpToTheMaximum() {
		Script script = new Script(newId("back-off"), 3, Fault.NO_ANSWER);
		ActivitySettings settings = ActivitySettings.none()
			.withBackoff(Duration.ofMillis(100), 100, Duration.ofMillis(400));

		assertThat(call(script, settings).result(PATIENCE)).isEqualTo("attempt 4");

		List<Duration> waits = waits(script);
		assertThat(waits).hasSize(3);
		assertThat(waits.get(0)).isBetween(Duration.ofMillis(100).minus(TOLERANCE), Duration.ofSeconds(8));
		assertThat(waits.get(1)).isBetween(Duration.ofMillis(400).minus(TOLERANCE), Duration.ofSeconds(8));
		assertThat(waits.get(2)).isBetween(Duration.ofMillis(400).minus(TOLERANCE), Duration.ofSeconds(8));
	}

	@Test
	void shouldStopAfterTheLastAttempt() {
		Script script = new Script(newId("attempts"), ALWAYS, Fault.NO_ANSWER);

		ActivityFailure failure = failure(call(script, QUICK.withMaximumAttempts(3)));

		assertThat(failure.attempts()).isEqualTo(3);
		assertThat(failure.isCausedBy(IllegalStateException.class)).isTrue();
		assertThat(probe.notes(script.key())).hasSize(3);
	}

	@Test
	void shouldNotRetryWhatIsListed() {
		Script script = new Script(newId("listed"), ALWAYS, Fault.DECLINED);

		ActivityFailure failure = failure(call(script, QUICK.withNonRetryable("CardDeclined")));

		assertThat(failure.attempts()).isEqualTo(1);
		assertThat(probe.notes(script.key())).hasSize(1);
	}

	@Test
	void shouldNotRetryWhatSaysSo() {
		Script script = new Script(newId("hopeless"), ALWAYS, Fault.HOPELESS);

		ActivityFailure failure = failure(call(script, QUICK));

		assertThat(failure.attempts()).isEqualTo(1);
		assertThat(failure.getCause()).isInstanceOfSatisfying(ApplicationFailure.class, (cause) -> {
			assertThat(cause.type()).isEqualTo("AccountClosed");
			assertThat(cause.isNonRetryable()).isTrue();
			assertThat(map(cause.details()).get("account")).isEqualTo(7);
		});
	}

	@Test
	void shouldWaitAsTheFailureSays() {
		Script script = new Script(newId("busy"), 2, Fault.BUSY);
		ActivitySettings hourly = ActivitySettings.none().withBackoff(Duration.ofHours(1), 2, Duration.ofHours(1));

		assertThat(call(script, hourly).result(PATIENCE)).isEqualTo("attempt 3");

		assertThat(waits(script))
			.allSatisfy((wait) -> assertThat(wait).isGreaterThanOrEqualTo(Duration.ofMillis(100).minus(TOLERANCE)));
	}

	@Test
	void shouldTimeOutAnAttemptAndTryAgain() {
		Script script = new Script(newId("hangs"), 1, Fault.HANGS);

		assertThat(call(script, QUICK.withStartToCloseTimeout(Duration.ofMillis(300))).result(PATIENCE))
			.isEqualTo("attempt 2");

		probe.open(script.key());
	}

	@Test
	void shouldFailWithTheTimeoutOfTheLastAttempt() {
		Script script = new Script(newId("hangs"), ALWAYS, Fault.HANGS);
		ActivitySettings settings = QUICK.withStartToCloseTimeout(Duration.ofMillis(200)).withMaximumAttempts(2);

		ActivityFailure failure = failure(call(script, settings));

		assertThat(failure.attempts()).isEqualTo(2);
		assertTimeout(failure, TimeoutType.START_TO_CLOSE);
		probe.open(script.key());
	}

	@Test
	void shouldTimeOutAllAttemptsTogether() {
		Script script = new Script(newId("too-long"), ALWAYS, Fault.HANGS);
		ActivitySettings settings = QUICK.withScheduleToCloseTimeout(Duration.ofMillis(700))
			.withStartToCloseTimeout(Duration.ofMillis(300));

		ActivityFailure failure = failure(call(script, settings));

		assertTimeout(failure, TimeoutType.SCHEDULE_TO_CLOSE);
		assertThat(failure.attempts()).isBetween(1, 3);
		probe.open(script.key());
	}

	@Test
	void shouldTimeOutWhatWaitsForAWorker() {
		String key = newId("crowd");

		String outcome = client
			.start(Crowd.class, (w) -> w.run(key, Applications.ACTIVITY_SLOTS + 10), withNewId("crowd"))
			.result(PATIENCE);

		assertThat(outcome).isEqualTo("SCHEDULE_TO_START");
		probe.open(key);
	}

	@Test
	void shouldTimeOutSilenceAndGoOnAfterTheLastHeartbeat() {
		Script script = new Script(newId("silent"), 1, Fault.HANGS);

		assertThat(copy(script, QUICK.withHeartbeatTimeout(Duration.ofMillis(300))).result(PATIENCE))
			.isEqualTo("went on after page 3");

		assertThat(probe.notes(script.key())).containsExactly(0, 3);
		probe.open(script.key());
	}

	@Test
	void shouldFailWithTheLastHeartbeatOfTheLastAttempt() {
		Script script = new Script(newId("silent"), 1, Fault.HANGS);
		ActivitySettings settings = QUICK.withHeartbeatTimeout(Duration.ofMillis(300)).withMaximumAttempts(1);

		ActivityFailure failure = failure(copy(script, settings));

		assertTimeout(failure, TimeoutType.HEARTBEAT);
		assertThat(((TimeoutFailure) failure.getCause()).lastHeartbeat()).isEqualTo(3);
		probe.open(script.key());
	}

	@Test
	void shouldGoOnAfterTheLastHeartbeatOfAFailedAttempt() {
		Script script = new Script(newId("fails"), 1, Fault.NO_ANSWER);

		assertThat(copy(script, QUICK).result(PATIENCE)).isEqualTo("went on after page 3");
	}

	private WorkflowHandle<CallPartner, String> call(Script script, ActivitySettings settings) {
		return client.start(CallPartner.class, (w) -> w.run(script, settings), withNewId("call"));
	}

	private WorkflowHandle<CopyPages, String> copy(Script script, ActivitySettings settings) {
		return client.start(CopyPages.class, (w) -> w.run(script, settings), withNewId("copy"));
	}

	private static ActivityFailure failure(WorkflowHandle<?, String> handle) {
		return (ActivityFailure) failureOf(handle, WorkflowStatus.FAILED).getCause();
	}

	private static void assertTimeout(ActivityFailure failure, TimeoutType type) {
		assertThat(failure.getCause()).isInstanceOfSatisfying(TimeoutFailure.class,
				(timeout) -> assertThat(timeout.timeoutType()).isEqualTo(type));
	}

	private List<Duration> waits(Script script) {
		List<Object> attempts = probe.notes(script.key());
		List<Duration> waits = new ArrayList<>();
		for (int i = 1; i < attempts.size(); i++) {
			waits.add(Duration.ofNanos((long) attempts.get(i) - (long) attempts.get(i - 1)));
		}
		return waits;
	}

}
