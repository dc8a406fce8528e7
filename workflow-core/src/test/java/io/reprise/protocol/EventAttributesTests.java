package io.reprise.protocol;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * What people see of events.
 */
class EventAttributesTests {

	@Test
	void shouldShowAJsonPayloadAsItsText() {
		assertThat(attributes("WorkflowCompleted")).containsExactly(entry("result", "\"done\""));
		assertThat(attributes("WorkflowCompleted-void")).containsExactly(entry("result", "null"));
	}

	@Test
	void shouldShowSizeAndEncodingOfAnyOtherPayload() {
		assertThat(attributes("WorkflowSignaled-binary")).containsExactly(entry("name", "hold"),
				entry("arguments", "<5 bytes of protobuf>"), entry("requestId", "req-2"));
	}

	@Test
	void shouldLeaveOutWhatIsAbsent() {
		assertThat(attributes("WorkflowCancelRequested-without-reason")).containsExactly(entry("requestId", "req-3"));
		assertThat(attributes("WorkflowTaskCompleted")).containsOnlyKeys("seenUpTo", "time", "commandCount", "buildId");
	}

	@Test
	void shouldShowAPolicyWithItsDefaults() {
		assertThat(attributes("ActivityScheduled").get("policy"))
			.isEqualTo(Map.of("startToClose", "PT1M", "maximumAttempts", 0, "initialInterval", "PT1S",
					"backoffCoefficient", 2.0, "maximumInterval", "PT1M40S"));
	}

	@Test
	void shouldShowAFailureWithItsCauses() {
		Map<?, ?> failure = (Map<?, ?>) attributes("WorkflowFailed-Timeout").get("failure");

		assertThat(failure.keySet())
			.isEqualTo(Map.of("kind", 1, "message", 2, "timeoutType", 3, "lastHeartbeat", 4, "cause", 5).keySet());
		assertThat(((Map<?, ?>) failure.get("cause")).get("type")).isEqualTo("com.acme.CardDeclined");
	}

	@Test
	void shouldShowEveryKindAsPlainTypes() {
		GoldenSamples.events().forEach((name, event) -> {
			assertThat(EventAttributes.kind(event)).isEqualTo(event.getClass().getSimpleName());
			assertPlain(EventAttributes.of(event));
		});
	}

	private static void assertPlain(Object value) {
		switch (value) {
			case Map<?, ?> map -> map.values().forEach(EventAttributesTests::assertPlain);
			case List<?> list -> list.forEach(EventAttributesTests::assertPlain);
			default -> assertThat(value).isInstanceOfAny(String.class, Number.class, Boolean.class);
		}
	}

	private static Map<String, Object> attributes(String sample) {
		return EventAttributes.of(GoldenSamples.events().get(sample));
	}

}
