package io.reprise.kernel;

import java.time.Duration;
import java.time.Instant;

import io.reprise.TimeoutType;
import io.reprise.kernel.RunState.PendingActivity;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.Failure;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RetryPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryPolicyTests {

	private static final Instant T0 = RunDriver.T0;

	@ParameterizedTest
	@CsvSource({ "1, PT1S", "2, PT2S", "3, PT4S", "7, PT1M4S", "8, PT1M40S", "9, PT1M40S", "2147483647, PT1M40S" })
	void shouldDoubleTheWaitUpToTheMaximum(int attempt, Duration expected) {
		assertThat(RetryPolicy.delay(ActivityPolicy.DEFAULT, attempt, RunDriver.BOOM)).isEqualTo(expected);
	}

	@Test
	void shouldKeepTheWaitWithACoefficientOfOne() {
		ActivityPolicy policy = RunDriver.policy().backoff(Duration.ofMillis(250), 1, Duration.ofDays(1)).build();

		assertThat(RetryPolicy.delay(policy, 1_000_000, RunDriver.BOOM)).isEqualTo(Duration.ofMillis(250));
	}

	@Test
	void shouldNotExceedTheMaximumWithTheFirstWait() {
		ActivityPolicy policy = RunDriver.policy().backoff(Duration.ofMinutes(5), 2, Duration.ofMinutes(1)).build();

		assertThat(RetryPolicy.delay(policy, 1, RunDriver.BOOM)).isEqualTo(Duration.ofMinutes(1));
	}

	@ParameterizedTest
	@ValueSource(doubles = { 1e300, Double.POSITIVE_INFINITY, Double.NaN })
	void shouldNotOverflow(double coefficient) {
		Duration most = Duration.ofSeconds(Long.MAX_VALUE);
		ActivityPolicy policy = RunDriver.policy().backoff(Duration.ofDays(1), coefficient, most).build();

		assertThat(RetryPolicy.delay(policy, 1000, RunDriver.BOOM)).isEqualTo(most);
		assertThat(Times.plus(T0, most)).isEqualTo(Times.NEVER);
	}

	@Test
	void shouldTakeTheDelayThatTheFailureAsksForOverTheMaximum() {
		assertThat(RetryPolicy.delay(ActivityPolicy.DEFAULT, 5, asking(Duration.ofHours(3))))
			.isEqualTo(Duration.ofHours(3));
		assertThat(RetryPolicy.delay(ActivityPolicy.DEFAULT, 5, asking(Duration.ZERO))).isZero();
		assertThat(RetryPolicy.delay(ActivityPolicy.DEFAULT, 5, asking(Duration.ofSeconds(-1)))).isZero();
	}

	@Test
	void shouldStopAtTheMaximumOfAttempts() {
		PendingActivity activity = activity(RunDriver.policy().attempts(3));

		assertThat(allows(activity, 2, RunDriver.BOOM, T0)).isTrue();
		assertThat(allows(activity, 3, RunDriver.BOOM, T0)).isFalse();
		assertThat(allows(activity, 4, RunDriver.BOOM, T0)).isFalse();
		assertThat(allows(activity(RunDriver.policy()), Integer.MAX_VALUE, RunDriver.BOOM, T0)).isTrue();
	}

	@Test
	void shouldStopWhenTheNextAttemptCouldNotStartInTime() {
		PendingActivity activity = activity(RunDriver.policy().scheduleToClose(Duration.ofSeconds(10)));

		assertThat(allows(activity, 1, RunDriver.BOOM, T0.plusSeconds(10).minusNanos(1000))).isTrue();
		assertThat(allows(activity, 1, RunDriver.BOOM, T0.plusSeconds(10))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "java.io.IOException, java.io.IOException, false", "java.io.IOException, IOException, false",
			"com.acme.Cards$Declined, Declined, false", "Declined, Declined, false",
			"com.acme.CardDeclined, Declined, true", "Declined, com.acme.Declined, true", "Declined, declined, true",
			"com.acme.Cards$Declined, Cards$Declined, false" })
	void shouldNotRetryTypesThatThePolicyNames(String type, String named, boolean retried) {
		Failure failure = new Failure.Application(type, null, null, false, null, null, null);

		assertThat(allows(failure, named)).isEqualTo(retried);
	}

	@Test
	void shouldNotRetryWhatSaysSoItself() {
		assertThat(allows(RunDriver.FATAL)).isFalse();
		assertThat(allows(new Failure.Canceled("stop", null))).isFalse();
		assertThat(allows(new Failure.Terminated("stop"))).isFalse();
	}

	@Test
	void shouldRetryLostWorkers() {
		assertThat(allows(new Failure.WorkerLost("gone"))).isTrue();
	}

	@Test
	void shouldJudgeAWorkflowByTheCauseOfItsActivityOrChild() {
		assertThat(allows(activityFailure(RunDriver.BOOM))).isTrue();
		assertThat(allows(activityFailure(null))).isTrue();
		assertThat(allows(activityFailure(RunDriver.FATAL))).isFalse();
		assertThat(allows(childFailure(RunDriver.BOOM))).isTrue();
		assertThat(allows(childFailure(activityFailure(RunDriver.FATAL)))).isFalse();

		Failure declined = new Failure.Application("Declined", null, null, false, null, null, null);
		assertThat(allows(activityFailure(declined), "Declined")).isFalse();
		assertThat(allows(childFailure(activityFailure(declined)), "Declined")).isFalse();
		assertThat(allows(activityFailure(declined), "Other")).isTrue();
	}

	@ParameterizedTest
	@EnumSource(TimeoutType.class)
	void shouldRetryAWorkflowWhoseActivityRanOutOfTime(TimeoutType type) {
		assertThat(allows(activityFailure(timeout(type)))).isTrue();
		assertThat(allows(activityFailure(timeout(type)), type.name())).isFalse();
		assertThat(allows(activityFailure(timeout(type)), "TimeoutFailure")).isFalse();
	}

	@Test
	void shouldRetryAWorkflowWhoseChildWasStopped() {
		assertThat(allows(childFailure(new Failure.Canceled("stop", null)))).isTrue();
		assertThat(allows(childFailure(new Failure.Terminated("stop")))).isTrue();
	}

	@ParameterizedTest
	@EnumSource(TimeoutType.class)
	void shouldRetryTimeOutsOfAttemptsOnly(TimeoutType type) {
		boolean ofAttempt = type == TimeoutType.START_TO_CLOSE || type == TimeoutType.HEARTBEAT;

		assertThat(allows(timeout(type))).isEqualTo(ofAttempt);
		assertThat(allows(timeout(type), type.name())).isFalse();
		assertThat(allows(timeout(type), "TimeoutFailure")).isFalse();
		assertThat(allows(timeout(type), "io.reprise.TimeoutFailure")).isFalse();
		assertThat(allows(timeout(type), "Timeout")).isEqualTo(ofAttempt);
	}

	private static boolean allows(Failure failure, String... nonRetryable) {
		return allows(activity(RunDriver.policy().nonRetryable(nonRetryable)), 1, failure, T0);
	}

	private static boolean allows(PendingActivity activity, int attempt, Failure failure, Instant nextStart) {
		return RetryPolicy.allows(activity.policy(), Deadlines.scheduleToClose(activity), attempt, failure, nextStart);
	}

	private static Failure activityFailure(@Nullable Failure cause) {
		return new Failure.Activity("Payments.charge", 1, 3, cause);
	}

	private static Failure childFailure(Failure cause) {
		return new Failure.Child("Ship", "ship-1", "run-2", cause);
	}

	private static Failure timeout(TimeoutType type) {
		return new Failure.Timeout(type, null, null, null);
	}

	private static Failure asking(Duration delay) {
		return new Failure.Application("Busy", null, null, false, delay, null, null);
	}

	private static PendingActivity activity(RunDriver.PolicyBuilder policy) {
		return new PendingActivity(1, "Payments.charge", Payload.NO_ARGUMENTS, policy.build(), T0);
	}

}
