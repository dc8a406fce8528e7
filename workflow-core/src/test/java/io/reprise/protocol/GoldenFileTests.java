package io.reprise.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the stored format to the golden files: the bytes that this version writes for
 * fixed objects, and that every later version must read as the same objects.
 * <p>
 * <b>Released golden files are frozen.</b> Somewhere a history with these bytes is open.
 * A test that fails here is answered by changing the code, not the file. What a new
 * version adds (a kind, a field that may be absent) gets files of its own; what it
 * changes gets a new folder next to {@code v1} and a reader for both.
 */
class GoldenFileTests {

	private static final String FOLDER = "/golden/v1/";

	static Stream<Map.Entry<String, HistoryEvent>> events() {
		return GoldenSamples.events().entrySet().stream();
	}

	static Stream<Map.Entry<String, Command>> commands() {
		return GoldenSamples.commands().entrySet().stream();
	}

	@ParameterizedTest
	@MethodSource("events")
	void shouldWriteTheGoldenBytesOfAnEvent(Map.Entry<String, HistoryEvent> sample) throws IOException {
		byte[] written = HistoryJson.write(transition(sample.getValue()));

		assertThat(text(written)).isEqualTo(golden(sample.getKey()));
	}

	@ParameterizedTest
	@MethodSource("events")
	void shouldReadTheGoldenBytesOfAnEvent(Map.Entry<String, HistoryEvent> sample) throws IOException {
		Transition read = HistoryJson.read(7, bytes(golden(sample.getKey())));

		assertThat(read).isEqualTo(transition(sample.getValue()));
	}

	@ParameterizedTest
	@MethodSource("commands")
	void shouldWriteTheGoldenBytesOfACommand(Map.Entry<String, Command> sample) throws IOException {
		byte[] written = CommandJson.write(sample.getValue());

		assertThat(text(written)).isEqualTo(golden("inbox/" + sample.getKey()));
	}

	@ParameterizedTest
	@MethodSource("commands")
	void shouldReadTheGoldenBytesOfACommand(Map.Entry<String, Command> sample) throws IOException {
		Command read = CommandJson.read(GoldenSamples.KEY, bytes(golden("inbox/" + sample.getKey())));

		assertThat(read).isEqualTo(sample.getValue());
	}

	@Test
	void shouldHaveAGoldenFileForEachKindOfEvent() {
		for (Class<?> kind : recordsOf(HistoryEvent.class)) {
			assertThat(getClass().getResource(FOLDER + kind.getSimpleName() + ".json"))
				.as("golden file of event kind " + kind.getSimpleName())
				.isNotNull();
			assertThat(GoldenSamples.events().get(kind.getSimpleName())).as("object behind it").isInstanceOf(kind);
		}
	}

	@Test
	void shouldHaveAGoldenFileForEachKindOfFailure() {
		for (Class<?> kind : recordsOf(Failure.class)) {
			assertThat(getClass().getResource(FOLDER + "WorkflowFailed-" + kind.getSimpleName() + ".json"))
				.as("golden file of failure kind " + kind.getSimpleName())
				.isNotNull();
		}
	}

	@Test
	void shouldHaveAnObjectBehindEachGoldenFile() throws Exception {
		assertThat(namesIn("")).containsExactlyInAnyOrderElementsOf(GoldenSamples.events().keySet());
		assertThat(namesIn("inbox/")).containsExactlyInAnyOrderElementsOf(GoldenSamples.commands().keySet());
	}

	private List<String> namesIn(String folder) throws Exception {
		try (Stream<Path> files = Files.list(Path.of(getClass().getResource(FOLDER + folder).toURI()))) {
			return files.filter(Files::isRegularFile)
				.map((file) -> file.getFileName().toString().replace(".json", ""))
				.toList();
		}
	}

	private static Transition transition(HistoryEvent event) {
		return new Transition(7, GoldenSamples.TIME, List.of(event));
	}

	private static List<Class<?>> recordsOf(Class<?> sealedType) {
		if (sealedType.isRecord()) {
			return List.of(sealedType);
		}
		List<Class<?>> records = new ArrayList<>();
		for (Class<?> permitted : sealedType.getPermittedSubclasses()) {
			recordsOf(permitted).stream().filter((type) -> !records.contains(type)).forEach(records::add);
		}
		return records;
	}

	private String golden(String name) throws IOException {
		try (InputStream in = getClass().getResourceAsStream(FOLDER + name + ".json")) {
			assertThat(in).as("golden file " + name).isNotNull();
			// The newline at the end is for editors.
			return text(in.readAllBytes()).stripTrailing();
		}
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
