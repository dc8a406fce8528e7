package io.reprise.boot;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.reprise.ActivitySettings;
import io.reprise.ErrorCode;
import io.reprise.Placement;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConfiguredActivitiesTests {

	private static final Set<String> NAMES = Set.of("Payments.chargeCard", "Payments.refund", "Mail.send");

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void shouldReadDefaultsGroupsAndActivities() {
		environment.setProperty("workflow.activities.defaults.heartbeat-timeout", "5s");
		environment.setProperty("workflow.activities.Payments.maximum-attempts", "3");
		environment.setProperty("workflow.activities.Payments.chargeCard.start-to-close-timeout", "10s");

		ConfiguredActivities configured = new ConfiguredActivities(environment);

		assertThat(configured.defaults())
			.isEqualTo(ActivitySettings.none().withHeartbeatTimeout(Duration.ofSeconds(5)));
		assertThat(configured.settings(NAMES))
			.containsOnly(Map.entry("Payments", ActivitySettings.none().withMaximumAttempts(3)), Map
				.entry("Payments.chargeCard", ActivitySettings.none().withStartToCloseTimeout(Duration.ofSeconds(10))));
		assertThat(configured.unknown(NAMES)).isEmpty();
	}

	@Test
	void shouldReadAllOptions() {
		String prefix = "workflow.activities.Mail.send.";
		environment.setProperty(prefix + "start-to-close-timeout", "1s");
		environment.setProperty(prefix + "schedule-to-close-timeout", "2s");
		environment.setProperty(prefix + "schedule-to-start-timeout", "3s");
		environment.setProperty(prefix + "heartbeat-timeout", "4s");
		environment.setProperty(prefix + "maximum-attempts", "5");
		environment.setProperty(prefix + "initial-interval", "6s");
		environment.setProperty(prefix + "backoff-coefficient", "1.5");
		environment.setProperty(prefix + "maximum-interval", "1m");
		environment.setProperty(prefix + "non-retryable[0]", "CardDeclined");
		environment.setProperty(prefix + "non-retryable[1]", "java.io.IOException");
		environment.setProperty(prefix + "placement", "local");

		ConfiguredActivities configured = new ConfiguredActivities(environment);

		assertThat(configured.settings(NAMES)).containsOnly(Map.entry("Mail.send",
				new ActivitySettings(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3),
						Duration.ofSeconds(4), 5, Duration.ofSeconds(6), 1.5, Duration.ofMinutes(1),
						List.of("CardDeclined", "java.io.IOException"), Placement.LOCAL)));
		assertThat(configured.unknown(NAMES)).isEmpty();
	}

	@Test
	void shouldCompareNamesWithoutCaseAndDashes() {
		environment.setProperty("workflow.activities.payments.charge-card.maximumAttempts", "1");
		environment.setProperty("workflow.activities.MAIL.maximum_attempts", "2");

		ConfiguredActivities configured = new ConfiguredActivities(environment);

		assertThat(configured.settings(NAMES)).containsOnly(
				Map.entry("Payments.chargeCard", ActivitySettings.none().withMaximumAttempts(1)),
				Map.entry("Mail", ActivitySettings.none().withMaximumAttempts(2)));
		assertThat(configured.unknown(NAMES)).isEmpty();
	}

	@Test
	void shouldReadEnvironmentVariables() {
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("systemEnvironment",
					Map.of("WORKFLOW_ACTIVITIES_PAYMENTS_CHARGECARD_STARTTOCLOSETIMEOUT", "7s")));

		ConfiguredActivities configured = new ConfiguredActivities(environment);

		assertThat(configured.settings(NAMES)).containsOnly(Map.entry("Payments.chargeCard",
				ActivitySettings.none().withStartToCloseTimeout(Duration.ofSeconds(7))));
		assertThat(configured.unknown(NAMES)).isEmpty();
	}

	@Test
	void shouldNameWhatMeansNothing() {
		environment.setProperty("workflow.activities.Paymnets.maximum-attempts", "1");
		environment.setProperty("workflow.activities.Payments.chargeCrad.maximum-attempts", "1");
		environment.setProperty("workflow.activities.Payments.maximum-attemps", "1");
		environment.setProperty("workflow.activities.Payments.refund.maximum-attempts", "1");

		assertThat(new ConfiguredActivities(environment).unknown(NAMES)).hasSize(3)
			.allMatch((name) -> name.matches("workflow\\.activities\\.(?i:paymnets|payments)\\..*"))
			.noneMatch((name) -> name.contains("refund"));
	}

	@Test
	void shouldTellMethodFromOptionOfSameName() {
		environment.setProperty("workflow.activities.Probe.heartbeat-timeout.maximum-attempts", "4");
		environment.setProperty("workflow.activities.Probe.heartbeat-timeout", "1s");

		assertThat(new ConfiguredActivities(environment).settings(Set.of("Probe.heartbeatTimeout"))).containsOnly(
				Map.entry("Probe", ActivitySettings.none().withHeartbeatTimeout(Duration.ofSeconds(1))),
				Map.entry("Probe.heartbeatTimeout", ActivitySettings.none().withMaximumAttempts(4)));
	}

	@Test
	void shouldReadGroupsWithDots() {
		environment.setProperty("workflow.activities.acme.Billing.charge.maximum-attempts", "9");

		assertThat(new ConfiguredActivities(environment).settings(Set.of("acme.Billing.charge")))
			.containsOnly(Map.entry("acme.Billing.charge", ActivitySettings.none().withMaximumAttempts(9)));
	}

	@Test
	void shouldRefuseWhatIsNoDuration() {
		environment.setProperty("workflow.activities.Mail.heartbeat-timeout", "soon");

		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> new ConfiguredActivities(environment).settings(NAMES))
			.satisfies((ex) -> assertThat(ex.getName()).hasToString("workflow.activities.mail.heartbeat-timeout"));
	}

	@Test
	void shouldRefuseValueOutOfRange() {
		environment.setProperty("workflow.activities.Mail.maximum-attempts", "-1");

		assertThatExceptionOfType(SetupException.class)
			.isThrownBy(() -> new ConfiguredActivities(environment).settings(NAMES))
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
				assertThat(ex.description()).isEqualTo(
						"Expected maximumAttempts of 0 (no limit) or more, but it is -1 (under workflow.activities.Mail)");
				assertThat(ex.action()).isEqualTo("Correct the property under workflow.activities.Mail");
			});
	}

}
