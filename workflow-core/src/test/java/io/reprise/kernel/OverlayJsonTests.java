package io.reprise.kernel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeMap;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.kernel.RunOverlay.Attempt;
import io.reprise.kernel.RunOverlay.Stall;
import io.reprise.protocol.Payload;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OverlayJsonTests {

	private static final String GOLDEN = """
			{"v":1,"attempts":[{"id":3,"n":2,"due":1893456001000000,"failure":{"k":"Application","message":"boom",\
			"type":"java.io.IOException"},"heartbeat":"10"},{"id":7,"n":1,"since":1893456002000000}],\
			"stall":{"code":"NON_DETERMINISM","message":"Expected a timer","since":1893456000000000,"n":4,\
			"build":"build-1","due":1893456080000000}}""";

	@Test
	void shouldKeepItsFormat() {
		byte[] bytes = OverlayJson.write(golden());

		assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(GOLDEN);
		assertThat(read(GOLDEN)).isEqualTo(golden());
	}

	@Test
	void shouldWriteNothingForNothing() {
		assertThat(OverlayJson.write(RunOverlay.EMPTY)).isNull();
		assertThat(OverlayJson.read(null)).isEqualTo(RunOverlay.EMPTY);
	}

	@Test
	void shouldKeepThatAnAttemptHasBegun() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1), RunDriver.schedule(2), RunDriver.schedule(3));
		driver.startAttempt(1, 1);
		driver.heartbeat(2, 1, "10");

		RunOverlay reread = OverlayJson.read(OverlayJson.write(driver.run.overlay()));

		assertThat(reread.attempts()).containsOnlyKeys(1, 2);
		assertThat(reread.attemptOf(1)).isEqualTo(new Attempt(1, null, null, null, null, true));
		assertThat(reread.attemptOf(2)).isEqualTo(new Attempt(1, null, null, null, Payload.json("10"), true));
	}

	@Test
	void shouldKeepAHeartbeatOfNull() {
		RunDriver driver = RunDriver.afterTurn(RunDriver.schedule(1));
		driver.heartbeat(1, 1, "null");

		assertThat(OverlayJson.read(OverlayJson.write(driver.run.overlay())).attemptOf(1).lastHeartbeat())
			.isEqualTo(Payload.json("null"));
	}

	@Test
	void shouldPassOverFieldsOfNewerMinorFormats() {
		String extended = GOLDEN.replace("\"v\":1,", "\"v\":1,\"paused\":{\"a\":[1]},")
			.replace("\"id\":3,", "\"id\":3,\"worker\":[\"w\"],")
			.replace("\"code\"", "\"host\":null,\"code\"");

		assertThat(read(extended)).isEqualTo(golden());
	}

	@Test
	void shouldRefuseWhatItCannotRead() {
		assertUnreadable(GOLDEN.replace("{\"v\":1", "{\"v\":9"));
		assertUnreadable(GOLDEN.substring(0, 60));
		assertUnreadable(GOLDEN.replace("\"id\":3,", ""));
		assertUnreadable(GOLDEN.replace("\"code\":\"NON_DETERMINISM\",", ""));
		assertUnreadable("{\"v\":1,\"attempts\":{}}");
		assertUnreadable("{\"v\":1,\"attempts\":[4]}");
		assertUnreadable("{\"v\":1,\"stall\":4}");
	}

	private static void assertUnreadable(String json) {
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> read(json))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.UNREADABLE_HISTORY));
	}

	@Test
	void shouldRememberThatAnotherBuildMayGoOn() {
		RunOverlay overlay = new RunOverlay(new TreeMap<>(), new Stall(ErrorCode.NON_DETERMINISM, "Expected a timer",
				RunDriver.T0, 1, "build-1", true, RunDriver.T0.plusSeconds(10)));

		assertThat(OverlayJson.read(OverlayJson.write(overlay))).isEqualTo(overlay);
	}

	private static RunOverlay read(String json) {
		return OverlayJson.read(json.getBytes(StandardCharsets.UTF_8));
	}

	private static RunOverlay golden() {
		TreeMap<Integer, Attempt> attempts = new TreeMap<>();
		attempts.put(7, Attempt.FIRST.dispatched(RunDriver.T0.plusSeconds(2)));
		attempts.put(3, new Attempt(2, RunDriver.T0.plusSeconds(1), null, RunDriver.BOOM, Payload.json("10"), false));
		return new RunOverlay(attempts, new Stall(ErrorCode.NON_DETERMINISM, "Expected a timer", RunDriver.T0, 4,
				"build-1", false, RunDriver.T0.plus(Duration.ofSeconds(80))));
	}

}
