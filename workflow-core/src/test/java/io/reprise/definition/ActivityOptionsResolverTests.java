package io.reprise.definition;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.ActivitySettings;
import io.reprise.Placement;
import io.reprise.protocol.ActivityPolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ActivityOptionsResolverTests {

	private static final ActivitySettings NONE = ActivitySettings.none();

	private final ActivityRegistry activities = ActivityRegistry
		.of(List.of(new ActivityBean("payments", Payments.class, Payments::new)));

	@Test
	void shouldFallBackToDefaults() {
		assertThat(resolver(Map.of(), NONE).resolve("Other.act", NONE)).isEqualTo(ActivityPolicy.DEFAULT);
	}

	@Test
	void shouldResolveInOrderOfPrecedence() {
		ActivitySettings method = NONE.withMaximumAttempts(5)
			.withScheduleToStartTimeout(Duration.ofSeconds(5))
			.withHeartbeatTimeout(Duration.ofSeconds(5));
		ActivitySettings group = NONE.withMaximumAttempts(4)
			.withScheduleToCloseTimeout(Duration.ofMinutes(4))
			.withHeartbeatTimeout(Duration.ofSeconds(4));
		ActivitySettings defaults = NONE.withMaximumAttempts(3)
			.withScheduleToCloseTimeout(Duration.ofMinutes(3))
			.withNonRetryable("Declined")
			.withStartToCloseTimeout(Duration.ofSeconds(3));
		ActivityOptionsResolver resolver = resolver(Map.of("Payments.charge", method, "Payments", group), defaults);
		ActivityPolicy policy = resolver.resolve("Payments.charge", NONE.withHeartbeatTimeout(Duration.ofSeconds(6)));
		assertThat(policy.heartbeat()).as("call").isEqualTo(Duration.ofSeconds(6));
		assertThat(policy.startToClose()).as("annotation of the bean").isEqualTo(Duration.ofSeconds(20));
		assertThat(policy.maximumAttempts()).as("configuration of the method").isEqualTo(5);
		assertThat(policy.scheduleToStart()).as("configuration of the method").isEqualTo(Duration.ofSeconds(5));
		assertThat(policy.scheduleToClose()).as("configuration of the group").isEqualTo(Duration.ofMinutes(4));
		assertThat(policy.nonRetryable()).as("configuration of all").containsExactly("Declined");
		assertThat(policy.backoffCoefficient()).as("default").isEqualTo(2.0);
		assertThat(resolver.resolve("Elsewhere.act", NONE).startToClose()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void shouldResolveThePlacement() {
		ActivityOptionsResolver resolver = resolver(
				Map.of("Payments", NONE.withPlacement(Placement.LOCAL), "Other.act", NONE), NONE);
		assertThat(resolver.placement("Payments.charge", NONE)).isEqualTo(Placement.LOCAL);
		assertThat(resolver.placement("Payments.charge", NONE.withPlacement(Placement.QUEUED)))
			.isEqualTo(Placement.QUEUED);
		assertThat(resolver.placement("Other.act", NONE)).isEqualTo(Placement.QUEUED);
	}

	@Test
	void shouldWaitAtMostAHundredTimesTheInitialInterval() {
		ActivityPolicy policy = resolver(Map.of(), NONE).resolve("A.b", interval(Duration.ofMillis(20), null));
		assertThat(policy.initialInterval()).isEqualTo(Duration.ofMillis(20));
		assertThat(policy.maximumInterval()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void shouldNotWaitLongerAtFirstThanAtMost() {
		ActivityPolicy policy = resolver(Map.of(), NONE).resolve("A.b", interval(null, Duration.ofMillis(500)));
		assertThat(policy.initialInterval()).isEqualTo(Duration.ofMillis(500));
		assertThat(policy.maximumInterval()).isEqualTo(Duration.ofMillis(500));
	}

	@Test
	void shouldCutTimeoutsThatCannotMatter() {
		ActivityPolicy policy = resolver(Map.of(), NONE).resolve("A.b",
				NONE.withScheduleToCloseTimeout(Duration.ofSeconds(10))
					.withScheduleToStartTimeout(Duration.ofSeconds(20))
					.withHeartbeatTimeout(Duration.ofSeconds(30)));
		assertThat(policy.startToClose()).isEqualTo(Duration.ofSeconds(10));
		assertThat(policy.scheduleToStart()).isEqualTo(Duration.ofSeconds(10));
		assertThat(policy.heartbeat()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void shouldKeepZeroAttemptsAsNoLimit() {
		ActivityOptionsResolver resolver = resolver(Map.of("A", NONE.withMaximumAttempts(9)), NONE);
		assertThat(resolver.resolve("A.b", NONE).maximumAttempts()).isEqualTo(9);
		assertThat(resolver.resolve("A.b", NONE.withMaximumAttempts(0)).maximumAttempts()).isZero();
	}

	@Test
	void shouldAcceptNamesWithoutGroup() {
		ActivityOptionsResolver resolver = resolver(Map.of("lonely", NONE.withMaximumAttempts(9)), NONE);
		assertThat(resolver.resolve("lonely", NONE).maximumAttempts()).isEqualTo(9);
	}

	private ActivityOptionsResolver resolver(Map<String, ActivitySettings> configured, ActivitySettings defaults) {
		return new ActivityOptionsResolver(activities, configured, defaults);
	}

	private static ActivitySettings interval(Duration initial, Duration maximum) {
		return new ActivitySettings(null, null, null, null, null, initial, null, maximum, null, null);
	}

	@Activity
	static class Payments {

		@ActivityOptions(startToCloseTimeout = "20s")
		public void charge() {
		}

	}

}
