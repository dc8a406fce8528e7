package io.reprise.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What crashes, newer versions and odd values do to {@link HistoryJson}.
 */
class HistoryJsonTests {

	private static final Instant TIME = GoldenSamples.TIME;

	@Test
	void shouldSkipFieldsItDoesNotKnow() {
		String json = """
				{"v":1,"new":{"deep":[1,{"k":"x"}]},"t":1,"e":[{"k":"TimerFired","new":[{}],"id":4,"other":null}],"z":1.5}""";

		Transition read = read(json);

		assertThat(read.events()).containsExactly(new HistoryEvent.TimerFired(4));
	}

	@Test
	void shouldSayWhatToDoAboutAnUnknownKind() {
		WorkflowException problem = problem("{\"v\":1,\"t\":1,\"e\":[{\"k\":\"ChildStarted\",\"id\":1}]}");

		assertThat(problem.getMessage())
			.isEqualTo("Expected the history from event 5 on to be readable, but it holds an"
					+ " event of the unknown kind 'ChildStarted': a newer version of Reprise wrote it; run that version or a"
					+ " newer one");
	}

	@Test
	void shouldSayWhatToDoAboutAnUnknownKindOfFailure() {
		WorkflowException problem = problem(
				"{\"v\":1,\"t\":1,\"e\":[{\"k\":\"WorkflowFailed\",\"failure\":{\"k\":\"Sibling\"}}]}");

		assertThat(problem.getMessage()).contains("a failure of the unknown kind 'Sibling'").contains("newer version");
	}

	@Test
	void shouldSayWhatToDoAboutAnUnknownConstant() {
		WorkflowException problem = problem(
				"{\"v\":1,\"t\":1,\"e\":[{\"k\":\"TimerCanceled\",\"id\":1,\"outcome\":\"TIE\"}]}");

		assertThat(problem.getMessage()).contains("'outcome' has the unknown value 'TIE'").contains("newer version");
	}

	@Test
	void shouldRefuseANewerVersionBeforeReadingOn() {
		WorkflowException problem = problem("{\"v\":2,\"t\":\"2026\",\"e\":7}");

		assertThat(problem.getMessage()).contains("format version 2 and this build reads up to 1")
			.contains("run that version or a newer one");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "null", "[]", "7", "{}", "{\"v\":1}", "{\"v\":0,\"t\":1,\"e\":[]}",
			"{\"t\":1,\"v\":1,\"e\":[{\"k\":\"TimerFired\",\"id\":1}]}", "{\"v\":\"1\",\"t\":1,\"e\":[]}",
			"{\"v\":1,\"t\":1,\"e\":[]}", "{\"v\":1,\"t\":1,\"e\":[7]}", "{\"v\":1,\"t\":1,\"e\":[{}]}",
			"{\"v\":1,\"t\":1,\"e\":[{\"id\":1,\"k\":\"TimerFired\"}]}",
			"{\"v\":1,\"t\":1,\"e\":[{\"k\":\"TimerFired\"}]}",
			"{\"v\":1,\"t\":1,\"e\":[{\"k\":\"TimerFired\",\"id\":1.5}]}",
			"{\"v\":1,\"t\":1,\"e\":[{\"k\":\"TimerFired\",\"id\":4294967297}]}",
			"{\"v\":1,\"t\":99999999999999999999,\"e\":[{\"k\":\"TimerFired\",\"id\":1}]}",
			"{\"v\":1,\"t\":1,\"e\":[{\"k\":\"TimerFired\",\"id\":1}]} {}",
			"{\"v\":1,\"t\":1,\"e\":[{\"k\":\"TimerFired\",\"id\":1}]",
			"{\"v\":1,\"t\":1,\"e\":[{\"k\":\"WorkflowSignaled\",\"req\":\"r\"}]}",
			"{\"v\":1,\"t\":1,\"e\":[{\"k\":\"WorkflowCompleted\",\"result\":true}]}",
			"{\"v\":1,\"t\":1,\"e\":[{\"k\":\"WorkflowCompleted\",\"result\":{\"enc\":\"x\"}}]}",
			"{\"v\":1,\"t\":1,\"e\":[{\"k\":\"WorkflowCompleted\",\"result\":{\"enc\":\"x\",\"b64\":\"***\"}}]}",
			"{\"v\":1,\"t\":1,\"e\":[{\"k\":\"WorkflowCanceled\",\"failure\":{\"k\":\"Terminated\"}}]}",
			"{\"v\":1,\"t\":1,\"e\":[{\"k\":\"WorkflowFailed\",\"failure\":null}]}" })
	void shouldCallBrokenBytesUnreadable(String json) {
		assertThat(problem(json).getMessage()).startsWith("Expected the history from event 5 on to be readable, but ")
			.contains("restore it from a backup");
	}

	@Test
	void shouldNotQuoteStoredValuesOfBrokenBytes() {
		WorkflowException problem = problem(
				"{\"v\":1,\"t\":1,\"e\":[{\"k\":\"WorkflowCompleted\",\"result\":secret}]}");

		assertThat(problem).hasNoCause();
		assertThat(problem.getMessage()).doesNotContain("secret").contains("is no JSON from byte");
	}

	@Test
	void shouldCallDeepNestingUnreadable() {
		assertThat(problem("{\"v\":1,\"x\":" + "[".repeat(100_000)).code()).isEqualTo(ErrorCode.UNREADABLE_HISTORY);
	}

	@Test
	void shouldRefuseToWriteNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> HistoryJson.write(new Transition(3, TIME, List.of())))
			.withMessageContaining("event 3");
	}

	@Test
	void shouldKeepInvalidUtf8OfAJsonPayload() {
		for (byte[] bytes : new byte[][] { { (byte) 0xc3, '(' }, { (byte) 0xed, (byte) 0xa0, (byte) 0x80 },
				{ (byte) 0xc0, (byte) 0x80 }, { '"', (byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80 },
				{ (byte) 0xe2 }, { (byte) 0xf8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80 } }) {
			HistoryEvent event = new HistoryEvent.WorkflowCompleted(new Payload(Payload.JSON, bytes));

			assertThat(roundTrip(event)).isEqualTo(event);
			assertThat(written(event)).contains("\"enc\":\"json\",\"b64\":");
		}
	}

	@Test
	void shouldKeepLargePayloads() {
		String text = "\"" + "a\\\"é😀".repeat(400_000) + "\"";
		HistoryEvent event = new HistoryEvent.SideEffectRecorded(Payload.json(text));

		assertThat(roundTrip(event)).isEqualTo(event);
	}

	@Test
	void shouldKeepPayloadsAroundTheSizeOfTheWritersBuffer() {
		for (int size = 7_900; size < 8_200; size++) {
			HistoryEvent event = new HistoryEvent.SideEffectRecorded(Payload.json("é" + "x\n".repeat(size / 2)));

			assertThat(roundTrip(event)).isEqualTo(event);
		}
	}

	@Test
	void shouldTellNoDetailsFromNullDetails() {
		HistoryEvent none = new HistoryEvent.WorkflowCanceled(new Failure.Canceled(null, null));
		HistoryEvent nothing = new HistoryEvent.WorkflowCanceled(new Failure.Canceled(null, Payload.NULL));

		assertThat(roundTrip(none)).isEqualTo(none);
		assertThat(roundTrip(nothing)).isEqualTo(nothing);
	}

	@Test
	void shouldNeverLetATimerBecomeDueEarlier() {
		Instant fireAt = TIME.plusNanos(1);

		HistoryEvent read = roundTrip(new HistoryEvent.TimerStarted(1, fireAt));

		assertThat(read).isEqualTo(new HistoryEvent.TimerStarted(1, TIME.plusNanos(1000)));
	}

	@Test
	void shouldRoundDurationsUpAndBoundThem() {
		assertThat(JsonIo.micros(Duration.ofNanos(1))).isEqualTo(1);
		assertThat(JsonIo.micros(Duration.ofNanos(-1001))).isEqualTo(-1);
		assertThat(JsonIo.micros(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
		assertThat(JsonIo.micros(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(-Long.MAX_VALUE);
		assertThat(JsonIo.micros(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
		assertThat(JsonIo.instant(JsonIo.micros(Instant.ofEpochSecond(-1, 999_999_999))))
			.isEqualTo(Instant.ofEpochSecond(-1, 999_999_000));
	}

	@Test
	void shouldDropCausesThatAreNestedTooDeeply() {
		Failure failure = new Failure.WorkerLost("root");
		for (int i = 0; i < 10_000; i++) {
			failure = new Failure.Activity("A.b", i, 1, failure);
		}

		HistoryEvent.WorkflowFailed read = (HistoryEvent.WorkflowFailed) roundTrip(
				new HistoryEvent.WorkflowFailed(failure));

		int depth = 0;
		for (Failure f = read.failure(); f != null; f = f.cause()) {
			depth++;
		}
		assertThat(depth).isEqualTo(FailureJson.MAX_DEPTH);
	}

	@Test
	void shouldReadLeftOutPolicyFieldsAsTheDefaultsOfTheirTime() {
		assertThat(PolicyJson.absent()).isEqualTo(ActivityPolicy.DEFAULT);
	}

	@Test
	void shouldRefuseCommandsThatInboxesDoNotTake() {
		assertThatIllegalArgumentException().isThrownBy(() -> CommandJson.write(new Command.FireDue(GoldenSamples.KEY)))
			.withMessageContaining("FireDue")
			.withMessageContaining("order-123");
	}

	@Test
	void shouldNameTheRunOfAnUnreadableCommand() {
		WorkflowException problem = catchThrowableOfType(WorkflowException.class,
				() -> CommandJson.read(GoldenSamples.KEY, bytes("{\"v\":1,\"k\":\"ResetWorkflow\",\"req\":\"r\"}")));

		assertThat(problem.code()).isEqualTo(ErrorCode.UNREADABLE_HISTORY);
		assertThat(problem.getMessage()).contains("order-123 (run run-1)").contains("'ResetWorkflow'");
	}

	private static WorkflowException problem(String json) {
		WorkflowException problem = catchThrowableOfType(WorkflowException.class, () -> read(json));
		assertThat(problem.code()).isEqualTo(ErrorCode.UNREADABLE_HISTORY);
		return problem;
	}

	private static HistoryEvent roundTrip(HistoryEvent event) {
		return HistoryJson.read(1, HistoryJson.write(new Transition(1, TIME, List.of(event)))).events().getFirst();
	}

	private static String written(HistoryEvent event) {
		return new String(HistoryJson.write(new Transition(1, TIME, List.of(event))), StandardCharsets.UTF_8);
	}

	private static Transition read(String json) {
		return HistoryJson.read(5, bytes(json));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
