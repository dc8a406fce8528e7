package io.reprise.kernel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Command;
import io.reprise.protocol.Payload;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StateJsonTests {

	private static final String GOLDEN = """
			{"v":1,"namespace":"default","workflow":"order-1","run":"run-1","type":"ProcessOrder","queue":"default",\
			"req":"start-1","status":"RUNNING","start":1893456000000000,"last":7,"marker":2,"seen":1,\
			"time":1893456000000000,"cancelRequested":true,"signals":1,"reqs":["signal-1","cancel-1"],\
			"activities":[{"t":1893456000000000,"e":{"k":"ActivityScheduled","id":1,"type":"Payments.charge",\
			"args":"[]"}}],"timers":[{"k":"TimerStarted","id":3,"at":1893456005000000}],\
			"unseen":[{"id":6,"t":1893456000000000,"e":{"k":"WorkflowSignaled","name":"hold","args":"[]",\
			"req":"signal-1"}},{"id":7,"t":1893456000000000,"e":{"k":"WorkflowCancelRequested",\
			"reason":"not needed","req":"cancel-1"}}]}""";

	@Test
	void shouldKeepItsFormat() {
		assertThat(new String(StateJson.write(golden()), StandardCharsets.UTF_8)).isEqualTo(GOLDEN);
		assertThat(read(GOLDEN)).isEqualTo(golden());
	}

	@Test
	void shouldKeepAClosedRun() {
		RunDriver driver = RunDriver.started();
		driver.signal("signal-1");
		driver.terminate();

		assertThat(StateJson.read(StateJson.write(driver.state()))).isEqualTo(driver.state());
	}

	@Test
	void shouldKeepPayloadsOfAnyKind() {
		RunDriver driver = RunDriver.started();
		driver.send(new Command.SignalWorkflow(RunDriver.KEY, "a", Payload.NULL, "1"));
		driver.send(new Command.SignalWorkflow(RunDriver.KEY, "b", Payload.json("\"ä \\u0000 🙂\""), "2"));
		driver.send(new Command.SignalWorkflow(RunDriver.KEY, "c", new Payload("json", new byte[] { -1, 0 }), "3"));
		driver.send(new Command.SignalWorkflow(RunDriver.KEY, "d", new Payload("zip", new byte[] { 1, 2 }), "4"));

		assertThat(StateJson.read(StateJson.write(driver.state()))).isEqualTo(driver.state());
	}

	@Test
	void shouldPassOverFieldsOfNewerMinorFormats() {
		String extended = GOLDEN.replace("\"signals\":1", "\"signals\":1,\"memo\":{\"a\":[1,{\"b\":2}]}")
			.replace("{\"t\":1893456000000000,\"e\"", "{\"t\":1893456000000000,\"x\":[{}],\"e\"");

		assertThat(read(extended)).isEqualTo(golden());
	}

	@Test
	void shouldRefuseANewerVersion() {
		assertThatExceptionOfType(WorkflowException.class)
			.isThrownBy(() -> read(GOLDEN.replace("{\"v\":1", "{\"v\":2")))
			.withMessageContaining("Expected a snapshot to be readable, but it has format version 2")
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.UNREADABLE_HISTORY));
	}

	@Test
	void shouldRefuseBrokenBytes() {
		assertUnreadable(GOLDEN.substring(0, GOLDEN.length() / 2));
		assertUnreadable("");
		assertUnreadable("[]");
		assertUnreadable("{}");
		assertUnreadable(GOLDEN.replace("\"last\":7,", ""));
		assertUnreadable(GOLDEN.replace("\"last\":7,", "\"last\":\"7\","));
		assertUnreadable(GOLDEN.replace("\"unseen\":[", "\"unseen\":[1,"));
		assertUnreadable(GOLDEN.replace("\"timers\":[", "\"timers\":{\"a\":["));
		assertUnreadable(GOLDEN.replace("\"k\":\"TimerStarted\",\"id\":3,\"at\":1893456005000000",
				"\"k\":\"TimerFired\",\"id\":3"));
		assertUnreadable(GOLDEN.replace(
				"{\"k\":\"ActivityScheduled\",\"id\":1,\"type\":\"Payments.charge\"," + "\"args\":\"[]\"}",
				"{\"k\":\"TimerFired\",\"id\":3}"));
		assertUnreadable(GOLDEN.replace("RUNNING", "PAUSED"));
	}

	private static void assertUnreadable(String json) {
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> read(json))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.UNREADABLE_HISTORY));
	}

	private static RunState read(String json) {
		return StateJson.read(json.getBytes(StandardCharsets.UTF_8));
	}

	private static RunState golden() {
		RunDriver driver = RunDriver.started();
		driver.turn(RunDriver.schedule(1), RunDriver.timer(2, Duration.ofSeconds(1)),
				RunDriver.timer(3, Duration.ofSeconds(5)));
		RunState state = driver.state();
		assertThat(state.lastEventId()).isEqualTo(5);
		driver.signal("signal-1");
		driver.cancel("cancel-1");
		state = driver.state();
		LinkedHashMap<Integer, RunState.PendingTimer> timers = new LinkedHashMap<>(state.timers());
		timers.remove(2);
		return new RunState(state.key(), state.workflowType(), state.taskQueue(), state.startRequestId(),
				state.status(), state.startTime(), state.closeTime(), state.lastEventId(), state.lastMarkerId(),
				state.seenUpTo(), state.markerTime(), state.cancelRequested(), state.activities(), timers,
				state.unseen(), state.requestIds(), state.signalCount(), state.started(), state.updates(),
				state.neighbours());
	}

}
