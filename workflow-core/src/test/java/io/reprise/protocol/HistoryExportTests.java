package io.reprise.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HistoryExport}. Its golden file is as frozen as those of
 * {@link GoldenFileTests}.
 */
class HistoryExportTests {

	private static final Instant START = Instant.parse("2026-01-04T10:15:30.123456Z");

	private static final HistoryExport EXPORT = new HistoryExport(
			new ExecutionKey("default", "order-\u00e9", "01890a5d-ac96-774b-bcce-b302099a8057"),
			List.of(event(1, 0, "WorkflowStarted"), event(2, 0, "WorkflowTaskCompleted"),
					event(3, 0, "ActivityScheduled"), event(4, 5, "ActivityCompleted"),
					event(5, 6, "WorkflowSignaled-binary"), event(6, 6, "WorkflowCompleted")));

	@Test
	void shouldWriteTheGoldenBytes() throws IOException {
		assertThat(EXPORT.write()).isEqualTo(golden());
	}

	@Test
	void shouldReadTheGoldenBytes() throws IOException {
		assertThat(HistoryExport.read("golden", golden())).isEqualTo(EXPORT);
	}

	@Test
	void shouldPassOverFieldsThatItDoesNotKnow() throws IOException {
		assertThat(HistoryExport.read("golden", golden().replace("\"rows\"", "\"later\":{\"a\":[1]},\"rows\"")))
			.isEqualTo(EXPORT);
	}

	@Test
	void shouldRefuseWhatIsNoHistory() {
		assertRefused("{\"v\":2}", "but it has format version 2 and this build reads up to 1");
		assertRefused("{\"v\":1,\"namespace\":\"n\",\"workflowId\":\"w\",\"runId\":\"r\",\"rows\":[]}", "'rows'");
		assertRefused("{\"v\":1,\"rows\":[7]}", "instead of an object");
		assertRefused("nothing", "but it is no JSON");
	}

	private static void assertRefused(String text, String reason) {
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> HistoryExport.read("a.json", text))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.UNREADABLE_HISTORY))
			.withMessageContaining("Expected the exported history a.json to be readable")
			.withMessageContaining(reason);
	}

	private static RecordedEvent event(long id, long seconds, String sample) {
		return new RecordedEvent(id, START.plusSeconds(seconds),
				Objects.requireNonNull(GoldenSamples.events().get(sample)));
	}

	private static String golden() throws IOException {
		try (InputStream stream = HistoryExportTests.class.getResourceAsStream("/golden/v1/export/history.json")) {
			return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
