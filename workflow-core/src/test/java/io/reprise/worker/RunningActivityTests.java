package io.reprise.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Payload;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunningActivityTests {

	private final List<Payload> reported = new ArrayList<>();

	private long now;

	private final RunningActivity activity = new RunningActivity(
			new ActivityTask(new ExecutionKey("default", "order", "run-1"), "Order", "default", 1, "Payments.charge",
					Payload.NO_ARGUMENTS, ActivityPolicy.DEFAULT, 1, Instant.EPOCH, null),
			JacksonPayloadConverter.withDefaults(), new RunningActivity.Reports() {

				@Override
				public long nanos() {
					return now;
				}

				@Override
				public int largestPayload() {
					return 1000;
				}

				@Override
				public void heartbeat(RunningActivity reporting, Payload details) {
					reported.add(details);
				}

			});

	@Test
	void shouldHandOnOneHeartbeatAtATime() {
		activity.heartbeat("page 1");
		now += Duration.ofHours(1).toNanos();
		activity.heartbeat("page 2");

		assertThat(reported).containsExactly(Payload.json("\"page 1\""));
		assertThat(activity.heartbeatDetails()).isEqualTo(Payload.json("\"page 2\""));
	}

	@Test
	void shouldHandOnTheNextOnceTheLastIsAnswered() {
		activity.heartbeat("page 1");
		activity.heartbeatAnswered();
		now += Duration.ofHours(1).toNanos();
		activity.heartbeat("page 2");

		assertThat(reported).containsExactly(Payload.json("\"page 1\""), Payload.json("\"page 2\""));
	}

}
